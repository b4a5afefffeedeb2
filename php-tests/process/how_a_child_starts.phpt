--TEST--
options of set() and command(): folder, environment, umask, nice, limits, groups of processes, title, and what is merged
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$folder = realpath(sys_get_temp_dir());
$tell = fn () => json_encode([
    getcwd() === $folder, getenv('A'), getenv('PATH') !== false, sprintf('%04o', umask()),
    posix_getrlimit()['soft openfiles'], posix_getrlimit()['hard core'],
]);
$p = new Process(fn (Process $p) => $p->write($tell()));
$p->set(['cwd' => $folder, 'umask' => 0027, 'limits' => ['nofile' => 64]]);
$p->set(['env' => ['A' => 'b', 'N' => 7], 'limits' => ['nofile' => [60, 61], 'core' => 0]]);
foreach ([1, 2] as $run) {
    $p->start();
    echo $p->read(), ' ', ending($p->join()), "\n";
}
echo "the parent is as before\n";
var_dump(getenv('A'), getcwd() === $folder);

$p = new Process(function (Process $p) {
    $p->write(json_encode([posix_getpgrp() === $p->pid, posix_getsid(0) === $p->pid, $p->getPriority(PRIO_PROCESS), cli_get_process_title()]));
    sleep(60);
});
$p->set(['process_group' => true, 'nice' => 7, 'title' => 'a child']);
$p->start();
echo $p->read(), ' ', ending($p->terminate(60, SIGTERM, true)), "\n";
$p->set(['enable_coroutine' => false, 'process_group' => false]);
$session = new Process(fn (Process $p) => $p->write(json_encode([posix_getpgrp() === $p->pid, posix_getsid(0) === $p->pid])));
$session->set(['session' => true]);
$session->start();
echo $session->read(), "\n";
$session->join();
$joins = new Process(fn (Process $p) => $p->write(json_encode(posix_getpgrp() === $GLOBALS['leader']->pid)));
$leader = new Process(fn (Process $p) => $p->read());
$leader->set(['process_group' => true]);
$leader->start();
$joins->set(['process_group' => $leader->pid]);
$joins->start();
echo $joins->read(), "\n";
$joins->join();
$leader->terminate();

echo "a control group\n";
// Any file of the name will do for what the child writes.
mkdir("$folder/group");
touch("$folder/group/cgroup.procs");
$p = Process::command(['true'], ['cgroup' => "$folder/group"]);
var_dump(ending($p->join()), file_get_contents("$folder/group/cgroup.procs"));
unlink("$folder/group/cgroup.procs");
rmdir("$folder/group");

echo "a program\n";
$q = Process::command(['sh', '-c', 'pwd; umask; ulimit -n; echo "$A,$HOME"; exit 5'], [
    'cwd' => $folder, 'umask' => 0, 'limits' => ['nofile' => 32], 'env' => ['A' => 'x', 'PATH' => getenv('PATH')], 'stdout' => 'pipe',
]);
$text = stream_get_contents($q->stdio(1));
echo str_replace($folder, 'FOLDER', $text), ending($q->join()), "\n";
var_dump(get_class($q), $q->pid > 0, @$q->write('x'), @$q->start());
?>
--EXPECT--
[true,"b",false,"0027",60,0] code 0
[true,"b",false,"0027",60,0] code 0
the parent is as before
bool(false)
bool(false)
[true,false,7,"a child"] signal 15
[true,true]
true
a control group
string(6) "code 0"
string(1) "0"
a program
FOLDER
0000
32
x,
code 5
string(14) "Swoole\Process"
bool(true)
bool(false)
bool(false)
