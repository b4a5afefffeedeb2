--TEST--
the torture of messages between processes finds a lost one, a torn one, one that comes twice, and a hang
--FILE--
<?php
require __DIR__ . '/../support.inc';
$signs = ['lost' => 'messages are missing', 'torn' => 'is torn', 'twice' => 'came twice', 'hang' => 'nobody gets on'];
foreach ($signs as $plant => $sign) {
    putenv("SOAK_PLANT=$plant");
    $lines = [];
    exec(implode(' ', array_map('escapeshellarg', [...php_command(), __DIR__ . '/messages.php', '--quick', '--seed=5'])) . ' 2>&1', $lines, $status);
    $found = preg_grep("/^VIOLATION: .*$sign/", $lines) !== [];
    echo "$plant: ", $found ? 'found' : implode("\n", $lines), ", status $status\n";
}
?>
--EXPECT--
lost: found, status 1
torn: found, status 1
twice: found, status 1
hang: found, status 1
