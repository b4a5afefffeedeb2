--TEST--
terminate(): a child that obeys, one that does not, one that has ended, and one with children of its own in its group
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
/** A child that tells when it is ready. */
function child(callable $prepare): Process
{
    $p = new Process(function (Process $p) use ($prepare) {
        pcntl_async_signals(true);
        $prepare();
        $p->write('ready');
        while (true) {
            sleep(1);
        }
    });
    $p->start();
    $p->read();
    return $p;
}

$obeys = child(fn () => pcntl_signal(SIGTERM, fn () => exit(4)));
echo 'obeys: ', ending($obeys->terminate(60)), ', again: ', ending($obeys->terminate(0)), "\n";
$asked = child(fn () => pcntl_signal(SIGUSR2, fn () => exit(5)));
echo 'another signal: ', ending($asked->terminate(-1, SIGUSR2)), "\n";
$refuses = child(fn () => pcntl_signal(SIGTERM, SIG_IGN));
echo 'refuses: ', ending($refuses->terminate(0.01)), ', again: ', ending($refuses->join()), "\n";
$at_once = child(fn () => pcntl_signal(SIGTERM, SIG_IGN));
echo 'without grace: ', ending($at_once->terminate(0)), "\n";
$ended = child(fn () => exit(6));
until_ended($ended->pid);
echo 'a zombie: ', ending($ended->terminate()), "\n";

echo "a group\n";
[$mine, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$member = function () use ($theirs): void {
    posix_setpgid(0, 0);
    if (!pcntl_fork()) {
        pcntl_signal(SIGTERM, SIG_IGN);
        fwrite($theirs, 'x');
        while (true) {
            sleep(60);
        }
    }
};
$leader = child($member);
fclose($theirs);
fread($mine, 1);
echo ending($leader->terminate(60, group: true)), "\n";
// The end of the socket comes when nobody of the group holds it any more.
var_dump(fread($mine, 1), feof($mine));
$alone = child(fn () => null);
var_dump($alone->terminate(60, SIGTERM, true), $alone->isAlive(), ending($alone->terminate(60)));
?>
--EXPECTF--
obeys: code 4, again: code 4
another signal: code 5
refuses: signal 9, again: signal 9
without grace: signal 9
a zombie: code 6
a group
signal 15
string(0) ""
bool(true)

Warning: Swoole\Process::terminate(): the process leads no process group: start it with the option process_group in %s on line %d
bool(false)
bool(true)
string(9) "signal 15"
