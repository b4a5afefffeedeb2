--TEST--
An exception that leaves a coroutine under @ is reported, also where no php.ini sets error_reporting
--EXTENSIONS--
posix
--FILE--
<?php
require __DIR__ . '/../support.inc';
file_put_contents($script = tempnam(sys_get_temp_dir(), 'at'), <<<'PHP'
    <?php
    use Swoole\Coroutine;
    $argv[1] === 'unset' || ini_set('error_reporting', $argv[1]);
    $told = fn () => match (error_reporting()) {
        E_ALL => 'all',
        0 => 'none',
        default => 'not ' . (E_ALL & ~error_reporting()),
    };
    @Coroutine\run(function () use ($told) {
        echo $told();
        Coroutine::create(fn () => print ', ' . $told() . "\n");
        throw new Exception('told');
    });
    PHP);
// The runner sets it.
$command = php_command();
while ($set = array_keys(preg_grep('/^error_reporting=/', $command))) {
    array_splice($command, $set[0] - 1, 2);
}
foreach (['unset' => 'unset', 'all' => E_ALL, 'no warnings' => E_ALL & ~E_WARNING, 'none' => 0, 'empty' => ''] as $title => $chosen) {
    $process = Swoole\Process::command([...$command, '-d', 'display_errors=1', '-d', 'log_errors=0', $script, (string) $chosen], ['stdout' => 'pipe']);
    echo "$title: ", strtok(stream_get_contents($process->stdio(1)), "\n"), ' ', preg_replace('/ in .*/', '', (string) strtok("\n")), ' ', $process->join()['code'], "\n";
}
unlink($script);
?>
--EXPECT--
unset: all, all Fatal error: Uncaught Exception: told 255
all: all, all Fatal error: Uncaught Exception: told 255
no warnings: not 2, not 2 Fatal error: Uncaught Exception: told 255
none: none, none  255
empty: none, none  255
