<?php
// Resident memory of this process in bytes, once PHP has started.
// smaps_rollup is exact; VmRSS may lag behind by some pages for each core.
$exact = @file_get_contents('/proc/self/smaps_rollup');
$found = $exact !== false && preg_match('/^Rss:\s+(\d+) kB/m', $exact, $kilobytes);
if (!$found) {
    preg_match('/^VmRSS:\s+(\d+) kB/m', file_get_contents('/proc/self/status'), $kilobytes);
}
echo $kilobytes[1] * 1024, "\n";
