import { toNodeListener } from '@context-sdk/context';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { begin, handler, readDay } from './shared-host.js';

@Controller()
class DayController {
  @Get('day')
  day() {
    return readDay();
  }

  @Post('begin')
  begin(@Body() body: { pat: string }) {
    return begin(body.pat);
  }
}

@Module({ controllers: [DayController] })
class AppModule {
  readonly name = 'app';
}

const app = await NestFactory.create(AppModule, { logger: ['error'] });
app.use(toNodeListener(handler));
await app.listen(Number(process.env.PORT));
