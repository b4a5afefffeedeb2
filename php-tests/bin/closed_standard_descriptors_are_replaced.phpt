--TEST--
bin/pool: a master that starts with closed standard descriptors has /dev/null there, none of its files, and ignores what was ignored
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
$options = ['run', '--socket=a.sock', '--name=a', '--boot-time=0', '--log=log', '--', 'sh', '-c', 'echo hello; echo error >&2; exec sleep 1000'];
foreach (['<&-', '>&-', '2>&-', '<&- >&-', '<&- 2>&-', '>&- 2>&-', '<&- >&- 2>&-'] as $closed) {
    $program = new Program(['sh', '-c', "trap '' HUP; exec \"\$0\" \"\$@\" $closed", ...php_command(), __DIR__ . '/../../bin/pool', ...$options]);
    until(fn () => str_contains((string) @file_get_contents('log'), 'is ready'));
    [$worker] = status('a.sock')['workers'];
    until(fn () => trim((string) @file_get_contents("/proc/$worker[pid]/comm")) === 'sleep');
    $places = fn (int $pid) => implode(' ', array_map(fn (int $n) => str_replace(['/dev/null'], 'null', preg_replace('/:.*/', '', (string) @readlink("/proc/$pid/fd/$n"))), [0, 1, 2]));
    echo "$closed: ", $places($program->pid), ', ', $places($worker['pid']), '; ';
    // It was ignored at the start, so it stops nothing.
    $program->signal(SIGHUP);
    echo status('a.sock')['state'], '; ';
    $program->signal(SIGTERM);
    [$status, $output, $errors] = $program->end();
    $log = file_get_contents('log');
    echo "$status ", json_encode("$output$errors"), ' ', preg_match_all('/hello|error|Warning/', $log), ' ', implode(' ', glob('*')), "\n";
    unlink('log');
}
?>
--EXPECT--
<&-: null pipe pipe, null pipe pipe; running; 0 "hello\nerror\n" 0 log
>&-: null null pipe, null null pipe; running; 0 "error\n" 0 log
2>&-: null pipe null, null pipe null; running; 0 "hello\n" 0 log
<&- >&-: null null pipe, null null pipe; running; 0 "error\n" 0 log
<&- 2>&-: null pipe null, null pipe null; running; 0 "hello\n" 0 log
>&- 2>&-: null null null, null null null; running; 0 "" 0 log
<&- >&- 2>&-: null null null, null null null; running; 0 "" 0 log
