import type { Provider } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import { loadCalendars } from '../../platform/config/calendars.js';
import { DossierDesk } from '../../dossier/dossier-desk.js';
import { Tenancy } from '../../platform/database/tenancy.js';
import { CLOCK } from '../../platform/platform.module.js';
import { EndpointClient } from '../endpoint.client.js';
import type { EndpointPolicy } from '../rules/endpoint/endpoint.js';
import { KeyRings } from '../signing.js';
import { AgencyAlarms } from './agency-alarms.service.js';
import { AgencyDirectory } from './agency-directory.js';
import { AgencyEventsController } from './agency-events.controller.js';
import { AgencyEvents } from './agency-events.service.js';
import { AgencyTermsController } from './agency-terms.controller.js';
import { AgencyTerms } from './agency-terms.service.js';
import { AgencyWatch } from './agency-watch.service.js';
import { CallbacksController } from './callbacks.controller.js';
import { Callbacks } from './callbacks.service.js';
import { SettlementsController } from './settlements.controller.js';
import { Settlements } from './settlements.service.js';
import { HandoverTasksController } from './tasks.controller.js';
import { HandoverTasks } from './tasks.service.js';

/** What agencies tell, and what they fetch: part of the handover module. */
export const callbackControllers = [
  CallbacksController,
  AgencyTermsController,
  AgencyEventsController,
  SettlementsController,
  HandoverTasksController,
];

const CALENDARS = Symbol('calendars of agencies');

export const callbackProviders = (endpointPolicy: symbol): Provider[] => [
  { provide: CALENDARS, useFactory: loadCalendars },
  {
    provide: AgencyDirectory,
    useFactory: (tenancy: Tenancy, clock: Clock, rings: KeyRings) => new AgencyDirectory(tenancy, clock, rings),
    inject: [Tenancy, CLOCK, KeyRings],
  },
  {
    provide: AgencyTerms,
    useFactory: (tenancy: Tenancy, clock: Clock, policy: EndpointPolicy, rings: KeyRings) => new AgencyTerms(tenancy, clock, policy, rings),
    inject: [Tenancy, CLOCK, endpointPolicy, KeyRings],
  },
  ...[Callbacks, AgencyAlarms, Settlements].map((provide) => ({
    provide,
    useFactory: (tenancy: Tenancy, clock: Clock, calendars: ReturnType<typeof loadCalendars>) => new provide(tenancy, clock, calendars),
    inject: [Tenancy, CLOCK, CALENDARS],
  })),
  { provide: HandoverTasks, useFactory: (desk: DossierDesk) => new HandoverTasks(desk), inject: [DossierDesk] },
  {
    provide: AgencyEvents,
    useFactory: (tenancy: Tenancy, clock: Clock, rings: KeyRings) => new AgencyEvents(tenancy, clock, rings),
    inject: [Tenancy, CLOCK, KeyRings],
  },
  {
    provide: AgencyWatch,
    useFactory: (tenancy: Tenancy, clock: Clock, client: EndpointClient, rings: KeyRings, alarms: AgencyAlarms, callbacks: Callbacks) =>
      new AgencyWatch(tenancy, clock, client, rings, alarms, callbacks),
    inject: [Tenancy, CLOCK, EndpointClient, KeyRings, AgencyAlarms, Callbacks],
  },
];
