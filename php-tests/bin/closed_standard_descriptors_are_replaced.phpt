--TEST--
bin/pool: a master that starts with closed standard descriptors has /dev/null there, and none of its files
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
$options = ['run', '--socket=a.sock', '--name=a', '--boot-time=0', '--log=log', '--', 'sh', '-c', 'echo hello; echo error >&2; exec sleep 1000'];
foreach (['<&-', '>&-', '2>&-', '<&- >&-', '<&- 2>&-', '>&- 2>&-', '<&- >&- 2>&-'] as $closed) {
    $program = new Program(['sh', '-c', "exec \"\$0\" \"\$@\" $closed", ...php_command(), __DIR__ . '/../../bin/pool', ...$options]);
    until(fn () => str_contains((string) @file_get_contents('log'), 'is ready'));
    [$worker] = status('a.sock')['workers'];
    $places = fn (int $pid) => implode(' ', array_map(fn (int $n) => str_replace(['/dev/null'], 'null', preg_replace('/:.*/', '', (string) @readlink("/proc/$pid/fd/$n"))), [0, 1, 2]));
    echo "$closed: ", $places($program->pid), ', ', $places($worker['pid']), '; ';
    $program->signal(SIGTERM);
    [$status, $output, $errors] = $program->end();
    $log = file_get_contents('log');
    echo "$status ", json_encode("$output$errors"), ' ', preg_match_all('/hello|error|Warning/', $log), ' ', implode(' ', glob('*')), "\n";
    unlink('log');
}
?>
--EXPECT--
<&-: null pipe pipe, null pipe pipe; 0 "hello\nerror\n" 0 log
>&-: null null pipe, null null pipe; 0 "error\n" 0 log
2>&-: null pipe null, null pipe null; 0 "hello\n" 0 log
<&- >&-: null null pipe, null null pipe; 0 "error\n" 0 log
<&- 2>&-: null pipe null, null pipe null; 0 "hello\n" 0 log
>&- 2>&-: null null null, null null null; 0 "" 0 log
<&- >&- 2>&-: null null null, null null null; 0 "" 0 log
