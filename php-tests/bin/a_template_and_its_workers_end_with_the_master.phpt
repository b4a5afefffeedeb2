--TEST--
bin/pool: with a killed master the template, the workers and a template that boots end
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
file_put_contents('boot.php', <<<'PHP'
<?php
file_put_contents('boots', getmypid() . "\n", FILE_APPEND);
while (is_file('slow')) {
    sleep(100);
}
PHP);
file_put_contents('worker.php', '<?php return fn () => false;');
foreach ([false, true] as $slow) {
    $pool = pool('run', '-n3', '--socket=a.sock', '--name=a', '--grace=60', '--template=boot.php', 'worker.php');
    $pool->hear('is ready');
    $pids = [...array_column(status('a.sock')['workers'], 'pid'), ...array_map(intval(...), file('boots'))];
    if ($slow) {
        touch('slow');
        $pool->signal(SIGUSR1);
        until(fn () => count(file('boots')) === 2);
        $pids[] = (int) file('boots')[1];
    }
    $pool->signal(SIGKILL);
    // The output ends when no process is left that has it.
    $pool->end();
    echo count($pids), ' processes, left: ';
    // Another process reaps them.
    until(fn () => array_filter($pids, fn ($pid) => posix_kill($pid, 0) && !str_contains((string) @file_get_contents("/proc/$pid/stat"), ') Z ')) === []);
    echo "none\n";
    unlink('boots');
}
?>
--EXPECT--
4 processes, left: none
5 processes, left: none
