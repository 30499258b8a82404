import { Controller, UseFilters, UseGuards, applyDecorators } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ApiKeyGuard } from '../platform/auth/api-key.guard.js';
import { OwnOriginGuard } from './own-origin.guard.js';
import { PageFilter } from './page.filter.js';

/** A controller of pages for whoever is logged in: not part of the API, and its failures are pages too. */
export const ConsoleController = (path: string): ClassDecorator =>
  applyDecorators(
    Controller(path),
    UseGuards(OwnOriginGuard, ApiKeyGuard),
    UseFilters(PageFilter),
    ApiExcludeController(),
  ) as ClassDecorator;

/** A controller of pages about one administration; the key guard answers for a foreign one as if it did not exist. */
export const AdministrationController = (): ClassDecorator => ConsoleController('console/administrations/:administrationId');
