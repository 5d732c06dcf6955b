/** Times in the one form that CloudTrail writes: "YYYY-MM-DDTHH:MM:SSZ". */

let isWrong: bool = false;

@inline
function two(at: usize): i32 {
  const tens = (load<u8>(at) as u32) - 0x30;
  const ones = (load<u8>(at, 1) as u32) - 0x30;
  isWrong = isWrong || tens > 9 || ones > 9;
  return (tens * 10 + ones) as i32;
}

/** Epoch milliseconds of the 20 bytes; NaN if they are no such time. */
export function readTime(at: usize): f64 {
  isWrong =
    load<u8>(at, 4) != 0x2d || load<u8>(at, 7) != 0x2d || load<u8>(at, 10) != 0x54 ||
    load<u8>(at, 13) != 0x3a || load<u8>(at, 16) != 0x3a || load<u8>(at, 19) != 0x5a;
  const year = two(at) * 100 + two(at + 2);
  const month = two(at + 5);
  const day = two(at + 8);
  const hour = two(at + 11);
  const minute = two(at + 14);
  const second = two(at + 17);
  if (isWrong || month < 1 || month > 12 || day < 1 || day > daysIn(month, year)) return NaN;
  if (hour > 23 || minute > 59 || second > 59) return NaN;
  const seconds = daysSinceEpoch(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
  return (seconds as f64) * 1000;
}

@inline
function daysIn(month: i32, year: i32): i32 {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  // April, June, September and November.
  return 31 - ((0b101001010000 >> month) & 1);
}

/** Days of the proleptic Gregorian calendar, counted in years that begin with March. */
@inline
function daysSinceEpoch(year: i32, month: i32, day: i32): i64 {
  const marchYear = month < 3 ? year - 1 : year;
  const monthFromMarch = month < 3 ? month + 9 : month - 3;
  const leapDays = floorDiv(marchYear, 4) - floorDiv(marchYear, 100) + floorDiv(marchYear, 400);
  return marchYear * 365 + leapDays + (monthFromMarch * 153 + 2) / 5 + day - 719469;
}

@inline
function floorDiv(value: i32, by: i32): i32 {
  return value < 0 ? -1 : value / by;
}
