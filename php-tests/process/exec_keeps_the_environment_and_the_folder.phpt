--TEST--
exec(): the program has the environment, the folder, the pid and the umask of the child, and argv[0] is the file's name
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
putenv('TEST_OF_EXEC=kept');
$p = new Process(function (Process $p) {
    chdir('/usr');
    umask(0027);
    putenv('SET_IN_THE_CHILD=too');
    echo 'pid ', getmypid(), "\n";
    $p->exec('/bin/sh', ['-c', 'echo pid $$; echo $0 $1 $TEST_OF_EXEC $SET_IN_THE_CHILD; pwd; umask; exit 9', 'name', 'argument']);
}, true);
$p->start();
for ($output = ''; ($part = $p->read()) !== ''; $output .= $part);
echo preg_replace('/^pid (\d+)\npid \1\n/', "the same pid\n", $output), ending(Process::wait()), "\n";

$p = new Process(fn (Process $p) => $p->exec('/bin/cat', ['/proc/self/cmdline']), true);
$p->start();
echo json_encode(explode("\0", $p->read())), "\n";
Process::wait();

$p = new Process(function (Process $p) {
    chdir('/bin');
    $p->exec('./cat', ['/proc/self/cmdline']);
}, true);
$p->start();
echo json_encode(explode("\0", $p->read())), "\n";
Process::wait();
?>
--EXPECT--
the same pid
name argument kept too
/usr
0027
code 9
["\/bin\/cat","\/proc\/self\/cmdline",""]
[".\/cat","\/proc\/self\/cmdline",""]
