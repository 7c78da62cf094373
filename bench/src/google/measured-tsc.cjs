// Runs tsc in the current folder and says, in kilobytes, how much memory it took at most.
process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS)));
require('../../../node_modules/typescript/lib/tsc.js');
