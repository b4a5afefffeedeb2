--TEST--
options with a wrong type, out of range, with a mistyped or unknown name; files and programs that do not exist
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$p = new Process(fn () => print("must not run\n"));
$closed = fopen('php://memory', 'r');
$all = [
    ['cwd' => ''], ['cwd' => "a\0b"], ['cwd' => []], ['env' => 'A=b'], ['env' => ['' => 1]], ['env' => ['A=' => 1]], ['env' => ['b']],
    ['env' => ['A' => "\0"]], ['user' => []], ['user' => -1], ['user' => 1 << 32], ['group' => 1.5], ['groups' => 'root'],
    ['umask' => '022'], ['umask' => 512], ['umask' => -1], ['nice' => 20], ['nice' => true], ['limits' => 5], ['limits' => ['files' => 5]],
    ['limits' => ['nofile' => -2]], ['limits' => ['nofile' => [1]]], ['limits' => ['nofile' => [1, 2, 3]]], ['limits' => ['nofile' => 'many']],
    ['process_group' => -1], ['process_group' => 'own'], ['session' => 1], ['session' => true, 'process_group' => true],
    ['title' => ''], ['title' => 5], ['death_signal' => 0], ['death_signal' => 65], ['cgroup' => 3], ['stdin' => ''], ['stdin' => 1.5],
    ['stdout' => ['pipe']], ['stdout' => ['file', '/x', 'q']], ['stderr' => ['file', '/x']], ['stdout' => new stdClass()], ['descriptors' => [3 => STDIN]],
    ['evn' => []], ['stout' => 'pipe'], ['Umask' => 1],
];
foreach ($all as $options) {
    try {
        $p->set($options);
        echo json_encode($options), ": accepted\n";
    } catch (Swoole\Exception $e) {
        echo json_encode($options, JSON_PARTIAL_OUTPUT_ON_ERROR), ': ', $e->getMessage(), ' ', $e->getCode(), "\n";
    }
}
echo "a script of Swoole\n";
$p->set(['enable_coroutine' => false, 'package_max_length' => 1]);

echo "programs\n";
foreach ([[], [''], ["a\0b"]] as $argv) {
    try {
        Process::command($argv);
    } catch (ValueError $e) {
        echo $e->getMessage(), "\n";
    }
}
foreach ([['title' => 'x'], ['package_max_length' => 1], ['descriptors' => [2 => STDIN]], ['descriptors' => [1024 => STDIN]], ['descriptors' => [3 => 'x']]] as $options) {
    try {
        Process::command(['true'], $options);
    } catch (Swoole\Exception $e) {
        echo $e->getMessage(), "\n";
    }
}
var_dump(Process::command(['/no/such/program']), swoole_errno());
var_dump(Process::command([__DIR__]), Process::command(['no-such-program-in-the-path']));
var_dump(Process::command(['true'], ['stdin' => '/no/such/file']), Process::command(['true'], ['cwd' => '/no/such/folder']));
var_dump(Process::command(['true'], ['cgroup' => '/no/such/group']));
$p->set(['cwd' => '/no/such/folder', 'stdout' => 'pipe']);
var_dump($p->start(), $p->pid, Process::wait(), $p->isAlive());
$p = new Process(fn () => 0, true);
try {
    $p->set(['stdout' => 'pipe']);
} catch (Swoole\Exception $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECTF--
{"cwd":""}: the option cwd must be a string without NUL bytes, and not empty, string given 505
{"cwd":"a\u0000b"}: the option cwd must be a string without NUL bytes, and not empty, string given 505
{"cwd":[]}: the option cwd must be a string without NUL bytes, and not empty, array given 505
{"env":"A=b"}: the option env must be an array, string given 505
{"env":{"":1}}: the option env must be an array of names and values without NUL bytes, the names without =, array given 505
{"env":{"A=":1}}: the option env must be an array of names and values without NUL bytes, the names without =, array given 505
{"env":["b"]}: the option env must be an array of names and values without NUL bytes, the names without =, array given 505
{"env":{"A":"\u0000"}}: the option env must be an array of names and values without NUL bytes, the names without =, array given 505
{"user":[]}: the option user must be a name, or a number from 0, array given 505
{"user":-1}: the option user must be a name, or a number from 0, -1 given 505
{"user":4294967296}: the option user must be a name, or a number from 0, 4294967296 given 505
{"group":1.5}: the option group must be a name, or a number from 0, float given 505
{"groups":"root"}: the option groups must be an array of names and numbers, string given 505
{"umask":"022"}: the option umask must be an integer from 0 to 0777, string given 505
{"umask":512}: the option umask must be an integer from 0 to 0777, 512 given 505
{"umask":-1}: the option umask must be an integer from 0 to 0777, -1 given 505
{"nice":20}: the option nice must be an integer from -20 to 19, 20 given 505
{"nice":true}: the option nice must be an integer from -20 to 19, bool given 505
{"limits":5}: the option limits must be an array of names with a number or [soft, hard], -1 for no limit, int given 505
{"limits":{"files":5}}: unknown limit files, there are as, core, cpu, data, fsize, locks, memlock, msgqueue, nice, nofile, nproc, rss, rtprio, rttime, sigpending, stack 505
{"limits":{"nofile":-2}}: the option limits must be an array of names with a number or [soft, hard], -1 for no limit, int given 505
{"limits":{"nofile":[1]}}: the option limits must be an array of names with a number or [soft, hard], -1 for no limit, array given 505
{"limits":{"nofile":[1,2,3]}}: the option limits must be an array of names with a number or [soft, hard], -1 for no limit, array given 505
{"limits":{"nofile":"many"}}: the option limits must be an array of names with a number or [soft, hard], -1 for no limit, string given 505
{"process_group":-1}: the option process_group must be true, or the number of a process group, -1 given 505
{"process_group":"own"}: the option process_group must be true, or the number of a process group, string given 505
{"session":1}: the option session must be a bool, int given 505
{"session":true,"process_group":true}: the options session and process_group exclude each other 505
{"title":""}: the option title must be a string without NUL bytes, and not empty, string given 505
{"title":5}: the option title must be a string without NUL bytes, and not empty, int given 505
{"death_signal":0}: the option death_signal must be the number of a signal, 0 given 505
{"death_signal":65}: the option death_signal must be the number of a signal, 65 given 505
{"cgroup":3}: the option cgroup must be a string without NUL bytes, and not empty, int given 505
{"stdin":""}: the option stdin must be 'pipe', 'null', 'inherit', a path, ['file', path, mode], or a stream, string given 505
{"stdin":1.5}: the option stdin must be 'pipe', 'null', 'inherit', a path, ['file', path, mode], or a stream, float given 505
{"stdout":["pipe"]}: the option stdout must be 'pipe', 'null', 'inherit', a path, ['file', path, mode], or a stream, array given 505
{"stdout":["file","\/x","q"]}: the mode of stdout must be r, w, a or r+ 505
{"stderr":["file","\/x"]}: the option stderr must be 'pipe', 'null', 'inherit', a path, ['file', path, mode], or a stream, array given 505
{"stdout":{}}: the option stdout must be 'pipe', 'null', 'inherit', a path, ['file', path, mode], or a stream, stdClass given 505
{"descriptors":{"3":null}}: the option descriptors is for command() only: a child has all descriptors of its parent 505
{"evn":[]}: unknown option evn, the nearest name is env 505
{"stout":"pipe"}: unknown option stout, the nearest name is stdout 505
{"Umask":1}: unknown option Umask, the nearest name is umask 505
a script of Swoole
[%s]	WARNING	Process::set(): unknown option package_max_length
programs
Swoole\Process::command(): Argument #1 ($argv) must begin with the name of a program
Swoole\Process::command(): Argument #1 ($argv) must begin with the name of a program
Swoole\Process::command(): Argument #1 ($argv) must not contain any null bytes
the options title and start_in_coroutine are for processes with a callback
unknown option package_max_length
the option descriptors must be an array of at most 13 streams, sockets or descriptors, by their numbers from 3 to 1023, array given
the option descriptors must be an array of at most 13 streams, sockets or descriptors, by their numbers from 3 to 1023, array given
the option descriptors must be an array of at most 13 streams, sockets or descriptors, by their numbers from 3 to 1023, array given

Warning: Swoole\Process::command(): execvp(/no/such/program) failed, Error: No such file or directory[2] in %s on line %d
bool(false)
int(2)

Warning: Swoole\Process::command(): execvp(%s) failed, Error: Permission denied[13] in %s on line %d

Warning: Swoole\Process::command(): execvp(no-such-program-in-the-path) failed, Error: No such file or directory[2] in %s on line %d
bool(false)
bool(false)

Warning: Swoole\Process::command(): open() of the option stdin failed, Error: No such file or directory[2] in %s on line %d

Warning: Swoole\Process::command(): setting the option cwd failed, Error: No such file or directory[2] in %s on line %d
bool(false)
bool(false)

Warning: Swoole\Process::command(): setting the option cgroup failed, Error: No such file or directory[2] in %s on line %d
bool(false)

Warning: Swoole\Process::start(): setting the option cwd failed, Error: No such file or directory[2] in %s on line %d
bool(false)
NULL
bool(false)
bool(false)
the pipe of this process is its stdin, stdout and stderr already
