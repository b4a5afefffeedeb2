--TEST--
death_signal: the child gets the signal when its parent exits, a program and a child of another user too
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
[$mine, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$parent = new Process(function () use ($theirs) {
    $user = posix_geteuid() === 0 ? ['user' => 'nobody'] : [];
    $child = new Process(fn () => sleep(60));
    $child->set(['death_signal' => SIGKILL, ...$user]);
    $child->start();
    Process::command(['sleep', '60'], ['death_signal' => SIGKILL, 'descriptors' => [3 => $theirs], ...$user]);
    fwrite($theirs, 'x');
    posix_kill(getmypid(), SIGKILL);
});
$parent->start();
fclose($theirs);
echo fread($mine, 1), ' ', ending($parent->join()), "\n";
// All that have held the other end are gone.
var_dump(fread($mine, 1), feof($mine));
?>
--EXPECT--
x signal 9
string(0) ""
bool(true)
