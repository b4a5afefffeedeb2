--TEST--
the torture of bin/pool, shortly: reloads, killed workers and killed masters lose no job without a reason; and it finds what is planted
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/../support.inc';
$run = function (string $plant, string ...$options): void {
    $words = array_map(escapeshellarg(...), [...php_command(), dirname(__DIR__) . '/soak/reloads.php', ...$options]);
    exec("SOAK_PLANT=$plant " . implode(' ', $words) . ' 2>&1', $lines, $status);
    echo match (true) {
        $status === 0 => end($lines),
        $plant !== '' => "$plant: $status " . preg_replace(['/\d+ jobs/', '/job \d+/'], ['N jobs', 'job N'], current(preg_grep('/^VIOLATION/', $lines))),
        default => implode("\n", $lines),
    }, "\n";
};
$run('', '--quick');
$run('', '--template', '--reloads=4', '--kills=10', '--masters=2');
foreach (['loss', 'twice', 'old'] as $plant) {
    $run($plant, '--reloads=9');
}
?>
--EXPECT--
all is accounted for
all is accounted for
loss: 1 VIOLATION: 9 reloads: jobs 40 were begun and not done, and their workers were not killed
twice: 1 VIOLATION: 9 reloads: N jobs were begun or done twice
old: 1 VIOLATION: 9 reloads: job N was begun by version 3 after a newer one had replaced it
