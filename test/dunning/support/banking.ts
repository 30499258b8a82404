import { calendarOf } from '../../../src/kernel/calendar.js';

/** Banking days for specs that read no files: weekends, New Year, Good Friday, Easter Monday, Labour Day, Christmas. */
export const banking = calendarOf({
  name: 'banking',
  source: 'ECB, TARGET closing days',
  weekend: [6, 7],
  fixed: [
    { date: '01-01', name: 'New Year' },
    { date: '05-01', name: 'Labour Day' },
    { date: '12-25', name: 'Christmas' },
    { date: '12-26', name: 'Christmas' },
  ],
  easter: [
    { offsetDays: -2, name: 'Good Friday' },
    { offsetDays: 1, name: 'Easter Monday' },
  ],
});
