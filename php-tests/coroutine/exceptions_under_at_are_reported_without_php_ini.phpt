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
    $argv[1] === 'unset' || error_reporting((int) $argv[1]);
    @Coroutine\run(function () {
        echo error_reporting();
        Coroutine::create(fn () => print ' ' . error_reporting() . "\n");
        throw new Exception('told');
    });
    PHP);
// The runner sets it.
$command = php_command();
while ($set = array_keys(preg_grep('/^error_reporting=/', $command))) {
    array_splice($command, $set[0] - 1, 2);
}
foreach (['unset', E_ALL, E_ALL & ~E_WARNING, 0] as $chosen) {
    $process = Swoole\Process::command([...$command, '-d', 'display_errors=1', '-d', 'log_errors=0', $script, (string) $chosen], ['stdout' => 'pipe']);
    echo "$chosen: ", strtok(stream_get_contents($process->stdio(1)), "\n"), ' ', preg_replace('/ in .*/', '', (string) strtok("\n")), ' ', $process->join()['code'], "\n";
}
unlink($script);
?>
--EXPECT--
unset: 32767 32767 Fatal error: Uncaught Exception: told 255
32767: 32767 32767 Fatal error: Uncaught Exception: told 255
32765: 32765 32765 Fatal error: Uncaught Exception: told 255
0: 0 0  255
