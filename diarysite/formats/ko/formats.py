"""In Korean the half of the day comes before the hour; all else is as Django has it."""

DATETIME_FORMAT = "Y년 n월 j일 A g:i"
