--TEST--
bin/pool: a command ignores the signals that were ignored when the pool started (nohup), and no other signal
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
$signals = ['HUP', 'INT', 'QUIT', 'USR1', 'USR2', 'WINCH', 'ALRM', 'CONT'];
foreach ([$signals, ['USR2'], []] as $ignored) {
    $default = array_diff($signals, $ignored);
    $shell = ($ignored ? "trap '' " . implode(' ', $ignored) . '; ' : '') . ($default ? 'trap - ' . implode(' ', $default) . '; ' : '') . 'exec "$@"';
    $run = [__DIR__ . '/../../bin/pool', 'run', '--socket=a.sock', '--restart=never', '--boot-time=0', '--', 'cat', '/proc/self/status'];
    [$status, $output] = (new Program(['/bin/sh', '-c', $shell, 'sh', ...php_command(), ...$run]))->end();
    preg_match('/^SigIgn:\s*(\w+)$/m', $output, $parts);
    $mask = hexdec(substr($parts[1], -8));
    echo $status, ' ignored: ', implode(' ', array_filter($signals, fn (string $name): bool => ($mask >> constant("SIG$name") - 1 & 1) === 1)), "\n";
}
?>
--EXPECT--
0 ignored: HUP INT QUIT USR1 USR2 WINCH ALRM CONT
0 ignored: USR2
0 ignored: 
