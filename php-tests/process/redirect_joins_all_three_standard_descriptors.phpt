--TEST--
a redirected child: echo, STDOUT, STDERR, errors, programs it runs and what follows an exec all come to read(); write() is its input
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
/** Everything until the end. */
function all(Process $p): string
{
    for ($output = ''; ($part = $p->read()) !== '' && $part !== false; $output .= $part);
    return $output;
}
$p = new Process(function (Process $p) {
    echo "by echo\n";
    fwrite(STDOUT, "by STDOUT\n");
    fwrite(STDERR, "by STDERR\n");
    system('echo by a program');
    system('echo by its stderr >&2');
    echo 'got ', fgets(STDIN);
    $p->write("by write\n");
    echo 'reads ', $p->read(), "\n";
    echo $undefined;
    exit(3);
}, true);
$p->write("a line of input\n");
$p->start();
$output = '';
while (!str_contains($output, "by write\n")) {
    $output .= $p->read();
}
$p->write('more');
echo $output, all($p), ending(Process::wait()), "\n";

// The input of a program ends when the parent says so.
$p = new Process(fn (Process $p) => $p->exec('/usr/bin/sort', []), true);
$p->start();
$p->write("b\nc\na\n");
$p->close(Process::PIPE_WRITE);
echo json_encode(all($p)), ', ', ending(Process::wait()), "\n";

// It is quiet for longer than the pipe's own time limit, which programs must not notice.
$p = new Process(fn (Process $p) => $p->exec('/bin/sh', ['-c', 'read line && echo "got $line" && read line || echo end']), true);
$p->start();
usleep(150000);
$p->write("a late line\n");
echo $p->read();
usleep(150000);
$p->close(Process::PIPE_WRITE);
echo all($p), ending(Process::wait()), "\n";
?>
--EXPECTF--
by echo
by STDOUT
by STDERR
by a program
by its stderr
got a line of input
by write
reads more

Warning: Undefined variable $undefined in %s on line %d
code 3
"a\nb\nc\n", code 0
got a late line
end
code 0
