--TEST--
bin/pool status shows the title that a worker has given itself, and none that it has from the start
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
$title = 'touch("here"); while (!is_file("go")) { usleep(10000); clearstatcache(); } cli_set_process_title("mails: 17 of 20"); sleep(1000);';
file_put_contents('worker.php', "<?php $title");
$program = implode(' ', array_map(escapeshellarg(...), [...php_command(), '-r', $title]));
foreach ([['worker.php'], ['--', ...php_command(), 'worker.php'], ['--', 'sh', '-c', "exec $program"]] as $number => $run) {
    $pool = pool('run', '--socket=a.sock', '--name=a', '--boot-time=0', '--grace=60', ...$run);
    $pool->hear('starts');
    until(fn () => is_file('here'));
    $doing = fn () => status('a.sock')['workers'][0]['progress'];
    // The third one has another command line than the one it was given.
    echo $number < 2 ? json_encode($doing()) : 'its own', "\n";
    touch('go');
    until(fn () => $doing() === 'mails: 17 of 20');
    echo 'stop ', pool_run('stop', '--socket=a.sock');
    $pool->end();
    array_map(unlink(...), ['here', 'go']);
}
?>
--EXPECT--
""
stop 0
""
stop 0
its own
stop 0
