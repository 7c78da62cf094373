/** Texts as other people and their programs write them, each by what is odd in it. */
export const ODD_TEXTS: Readonly<Record<string, string>> = {
  'control characters': 'a\u0000b\u0007c\u001b[31m\u007f',
  'C1 control characters': 'a\u0085b\u009fc',
  'half an emoji at the end': 'done \ud83d',
  'half an emoji at the start': '\udc4d done',
  'halves in the wrong order': 'a\udc4d\ud83db',
  'line ends of all kinds': 'one\r\ntwo\rthree\nfour\u2028five\u2029six',
  'a header of its own': 'x\r\nBcc: evil@example.com\r\n\r\nbody',
  'characters that XML has not': 'a\uFFFEb\uFFFFc',
  '900 characters': 'long word '.repeat(90),
  '900 characters without a blank': 'x'.repeat(900),
  '900 emoji': '👩‍👩‍👧'.repeat(112),
  'right to left': 'שלום \u202eevil\u202c مرحبا \u2067x\u2069',
  'marks and joiners': `e${'\u0301'.repeat(60)}\u200b\u200d\ufeff`,
  'an encoded word': '=?utf-8?q?=41=42?= and =?x',
  HTML: '<script>alert(1)</script> & "quotes" \'more\' <b>',
  'special characters': '()<>@,;:\\".[] %00 %0d%0a ${x} {{y}}',
  'blanks alone': ' \t\u00a0 ',
  nothing: '',
};

/** What a field may hold instead of a text. */
export const NO_TEXTS: Readonly<Record<string, unknown>> = {
  null: null,
  absent: undefined,
  'a number': 7,
  'an object': { text: 'x' },
  'a list': ['x'],
};
