import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { ApiKeyGuard, CalledBy } from '../../platform/auth/api-key.guard.js';
import type { Caller } from '../../platform/auth/api-keys.js';
import { HandoverTasks, type TaskView } from './tasks.service.js';

class TaskNoteDto {
  @ApiPropertyOptional() @IsOptional() @IsString() @Length(1, 2000) note?: string;
}

@ApiTags('handover')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/handover-tasks')
export class HandoverTasksController {
  constructor(private readonly tasks: HandoverTasks) {}

  @Get()
  @ApiOperation({ summary: 'What agencies ask of people, due first.' })
  list(@Param('administrationId') administrationId: string): Promise<TaskView[]> {
    return this.tasks.list(administrationId);
  }

  @Post(':taskId/approve')
  @HttpCode(204)
  @ApiOperation({ summary: 'Says yes to the legal action an agency proposed; the agency is told.' })
  approve(
    @Param('administrationId') administrationId: string,
    @Param('taskId', ParseUUIDPipe) taskId: string,
    @Body() { note }: TaskNoteDto,
    @CalledBy() { name }: Caller,
  ): Promise<void> {
    return this.tasks.approve(administrationId, taskId, name, note ?? null);
  }

  @Post(':taskId/done')
  @HttpCode(204)
  @ApiOperation({ summary: 'A task is done; the agency is not told.' })
  done(
    @Param('administrationId') administrationId: string,
    @Param('taskId', ParseUUIDPipe) taskId: string,
    @Body() { note }: TaskNoteDto,
    @CalledBy() { name }: Caller,
  ): Promise<void> {
    return this.tasks.finish(administrationId, taskId, name, note ?? null);
  }
}
