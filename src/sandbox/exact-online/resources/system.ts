import type { DivisionBooks } from '../books.js';
import type { ExactUser } from '../oauth-chains.js';
import { padShortCode } from '../rules/codes.js';
import { isoOfWall, toWall, utcOffsetMs } from '../rules/wall-clock.js';
import { type Resource, bool, dateTime, double, empty, fieldsInOrder, guid, int32, int64, text } from './resource.js';

/** `current/Me`: the only resource without a division. */
export function meResource(user: ExactUser, now: Date): Resource<ExactUser> {
  return {
    path: 'current/Me',
    type: 'System.Me',
    scope: null,
    methods: ['GET'],
    pageSize: 60,
    key: 'UserID',
    fields: fieldsInOrder('UserID', {
      UserID: guid<ExactUser>(({ id }) => id),
      CurrentDivision: int32<ExactUser>(({ currentDivision }) => currentDivision),
      AccountingDivision: int32<ExactUser>(({ currentDivision }) => currentDivision),
      FullName: text<ExactUser>(({ name }) => name),
      LanguageCode: text<ExactUser>(({ language }) => `${language}-NL`),
      Language: text<ExactUser>(({ language }) => language.toUpperCase()),
      Legislation: int64<ExactUser>(() => 1),
      ServerTime: text<ExactUser>(() => isoOfWall(Math.floor(toWall(now) / 1_000) * 1_000)),
      ServerUtcOffset: double<ExactUser>(() => utcOffsetMs(now) / 1_000),
      UserName: text<ExactUser>(({ name }) => name.toLowerCase().replaceAll(' ', '.')),
      IsClientUser: bool<ExactUser>(() => false),
      ...empty<ExactUser>(
        'String',
        'CustomerCode DivisionCustomerCode DivisionCustomerName Email FirstName Gender Initials LastName MiddleName',
      ),
      ...empty<ExactUser>('String', 'Mobile Nationality Phone PhoneExtension PictureUrl ThumbnailPictureFormat Title'),
      ...empty<ExactUser>('Guid', 'DivisionCustomer EmployeeID'),
      ...empty<ExactUser>('Int32', 'DossierDivision'),
    }),
    rows: () => [user],
  };
}

/** `system/Divisions` and its older siblings: what the user may see and the consent covers. */
export function divisionsResource(path: string, divisions: readonly DivisionBooks[], user: ExactUser): Resource<DivisionBooks> {
  return {
    path,
    type: 'System.Division',
    scope: 'organization.administration',
    methods: ['GET'],
    pageSize: 60,
    key: 'Code',
    fields: fieldsInOrder('Code', {
      Code: int32<DivisionBooks>(({ code }) => code),
      BlockingStatus: int32<DivisionBooks>(({ switches }) => (switches.blocked ? 1 : 0)),
      Country: text<DivisionBooks>(({ profile }) => padShortCode(profile.country)),
      Created: dateTime<DivisionBooks>(({ createdAt }) => toWall(createdAt)),
      Currency: text<DivisionBooks>(({ profile }) => profile.currency),
      Current: bool<DivisionBooks>(({ code }) => code === user.currentDivision),
      CustomerName: text<DivisionBooks>(({ profile }) => profile.customerName),
      Description: text<DivisionBooks>(({ profile }) => profile.name),
      DivisionMoveDate: dateTime<DivisionBooks>(({ switches }) => (switches.movedAt ? toWall(switches.movedAt) : null)),
      DivisionHRLinkUnlinkDate: dateTime<DivisionBooks>(() => null),
      Hid: int64<DivisionBooks>(({ code }) => code),
      IsMainDivision: bool<DivisionBooks>(({ code }) => code === Math.min(...divisions.map((division) => division.code))),
      Legislation: text<DivisionBooks>(({ profile }) => (profile.country === 'BE' ? '2' : '1')),
      Modified: dateTime<DivisionBooks>(({ createdAt }) => toWall(createdAt)),
      Status: int32<DivisionBooks>(({ switches }) => switches.status),
      ...empty<DivisionBooks>(
        'String',
        'AddressLine1 AddressLine2 AddressLine3 ChamberOfCommerceNumber City CustomerCode Email Phone Postcode',
      ),
      ...empty<DivisionBooks>('String', 'TemplateCode VATNumber Website'),
      ...empty<DivisionBooks>('Guid', 'Customer'),
      ...empty<DivisionBooks>('DateTime', 'ArchiveDate StartDate'),
    }),
    rows: () => [...divisions].sort((a, b) => a.code - b.code),
    byKey: (key) => divisions.find(({ code }) => code === key),
  };
}
