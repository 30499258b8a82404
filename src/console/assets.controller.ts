import { Controller, Get, NotFoundException, Param, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Assets } from './assets.js';
import { PageFilter } from './page.filter.js';

@ApiExcludeController()
@UseFilters(PageFilter)
@Controller('console/assets')
export class AssetsController {
  constructor(private readonly assets: Assets) {}

  @Get(':name')
  one(@Param('name') name: string, @Res() reply: FastifyReply): void {
    const asset = this.assets.find(name);
    if (!asset) throw new NotFoundException();
    void reply
      .headers({ 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' })
      .type(asset.type)
      .send(asset.content);
  }
}
