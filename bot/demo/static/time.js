// Every time on the page is Beijing time, wherever the browser stands.

const ZONE = "Asia/Shanghai";
const format = (options) => new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, hourCycle: "h23", ...options });
const clockFormat = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const timeFormat = format({ hour: "2-digit", minute: "2-digit" });
const dayFormat = format({ year: "numeric", month: "long", day: "numeric", weekday: "short" });
const shortDayFormat = format({ month: "numeric", day: "numeric" });

export const clock = (moment) => clockFormat.format(moment);
export const time = (moment) => timeFormat.format(moment);
export const day = (moment) => dayFormat.format(moment);

// 14:32, or 3月2日 14:32 when that is another day than `now`.
export function timeFrom(moment, now) {
  const same = shortDayFormat.format(moment) === shortDayFormat.format(now);
  const [month, date] = shortDayFormat.format(moment).split("/");
  return same ? time(moment) : `${month}月${date}日 ${time(moment)}`;
}

// 7分12秒, 3小时05分, 2天4小时: never more than two units.
export function span(milliseconds) {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const pad = (number) => String(number).padStart(2, "0");
  if (seconds < 60) return `${seconds}秒`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}分${pad(seconds % 60)}秒`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)}小时${pad(Math.floor(seconds / 60) % 60)}分`;
  return `${Math.floor(seconds / 86400)}天${Math.floor(seconds / 3600) % 24}小时`;
}
