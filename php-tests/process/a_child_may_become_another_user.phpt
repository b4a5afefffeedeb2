--TEST--
the options user, group and groups: names and numbers, the user's own groups, and no way back
--EXTENSIONS--
posix
--SKIPIF--
<?php
if (posix_geteuid() !== 0) die('skip only root can become somebody else');
if (!posix_getpwnam('nobody') || !posix_getgrnam('daemon')) die('skip no such user or group');
?>
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$nobody = posix_getpwnam('nobody');
$daemon = posix_getgrnam('daemon')['gid'];
function identity(array $options): array
{
    $p = new Process(fn (Process $p) => $p->write(json_encode([posix_getuid(), posix_getgid(), posix_getgroups(), @posix_setuid(0)])));
    $p->set($options);
    $p->start();
    $told = json_decode($p->read());
    $p->join();
    return $told;
}
var_dump(identity(['user' => 'nobody']) === [$nobody['uid'], $nobody['gid'], [$nobody['gid']], false]);
var_dump(identity(['user' => $nobody['uid']]) === [$nobody['uid'], $nobody['gid'], [$nobody['gid']], false]);
var_dump(identity(['user' => 'nobody', 'group' => 'daemon'])[1] === $daemon);
var_dump(identity(['user' => 'nobody', 'groups' => ['daemon', 7]])[2] === array_values(array_unique([$daemon, 7])));
var_dump(array_slice(identity(['user' => 54321, 'group' => 54322, 'groups' => []]), 0, 3) === [54321, 54322, []]);

echo "failures come back, and nothing is left\n";
$p = new Process(fn () => 0);
foreach ([['user' => 'no such user'], ['group' => 'no such group'], ['groups' => ['root', 'no such group']]] as $options) {
    try {
        $p->set($options);
    } catch (Swoole\Exception $e) {
        echo $e->getMessage(), "\n";
    }
}
// Not root any more: what needs privileges fails in the child.
$child = new Process(function () {
    $p = new Process(fn () => print("must not run\n"));
    $p->set(['user' => 'root']);
    var_dump($p->start(), swoole_errno(), $p->pid, Process::wait());
    $p = new Process(fn () => print("must not run\n"));
    $p->set(['nice' => -5]);
    var_dump($p->start());
    var_dump(Process::command(['true'], ['limits' => ['core' => [0, 0], 'nofile' => [10, 1 << 40]]]));
    var_dump(Process::command(['true'], ['group' => 0]), Process::wait());
});
$child->set(['user' => 'nobody']);
$child->start();
echo ending($child->join()), "\n";
?>
--EXPECTF--
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
failures come back, and nothing is left
there is no user no such user
there is no group no such group
there is no group no such group

Warning: Swoole\Process::start(): setting the option groups failed, Error: Operation not permitted[1] in %s on line %d
bool(false)
int(1)
NULL
bool(false)

Warning: Swoole\Process::start(): setting the option nice failed, Error: Permission denied[13] in %s on line %d
bool(false)

Warning: Swoole\Process::command(): setting the option limits failed, Error: Operation not permitted[1] in %s on line %d
bool(false)

Warning: Swoole\Process::command(): setting the option group failed, Error: Operation not permitted[1] in %s on line %d
bool(false)
bool(false)
code 0
