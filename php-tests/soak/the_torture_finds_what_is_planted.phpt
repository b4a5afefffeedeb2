--TEST--
the torture of what processes share finds a lost count, a lock that excludes nobody, half a row, a lost wakeup, and a hang
--FILE--
<?php
require __DIR__ . '/../support.inc';
$signs = ['count' => 'the short counter is', 'lock' => '(is inside, too|writes while|the lock protects)', 'row' => 'is torn', 'wakeup' => 'a wakeup was lost', 'hang' => 'nobody gets on'];
foreach ($signs as $plant => $sign) {
    putenv("SOAK_PLANT=$plant");
    $lines = [];
    exec(implode(' ', array_map('escapeshellarg', [...php_command(), __DIR__ . '/shared.php', '--quick', '--seed=5'])) . ' 2>&1', $lines, $status);
    $found = preg_grep("/^VIOLATION: .*$sign/", $lines) !== [];
    echo "$plant: ", $found ? 'found' : implode("\n", $lines), ", status $status\n";
}
?>
--EXPECT--
count: found, status 1
lock: found, status 1
row: found, status 1
wakeup: found, status 1
hang: found, status 1
