--TEST--
the option cgroup: a child and a program start in a control group
--SKIPIF--
<?php
$folder = '/sys/fs/cgroup' . trim(substr((string) strstr((string) @file_get_contents('/proc/self/cgroup'), '0::'), 3)) . '/swoole-skip-' . getmypid();
if (!@mkdir($folder)) die('skip no control group can be made here');
$made = is_file("$folder/cgroup.procs");
rmdir($folder);
if (!$made) die('skip no control group can be made here');
?>
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$own = trim(substr((string) strstr(file_get_contents('/proc/self/cgroup'), '0::'), 3));
$name = 'swoole-process-' . getmypid();
mkdir($folder = "/sys/fs/cgroup$own/$name");
$p = new Process(fn (Process $p) => $p->write(file_get_contents('/proc/self/cgroup')));
$p->set(['cgroup' => $folder]);
$p->start();
var_dump(str_contains($p->read(), "/$name"), ending($p->join()));
$p = Process::command(['cat', '/proc/self/cgroup'], ['cgroup' => $folder, 'stdout' => 'pipe']);
var_dump(str_contains(stream_get_contents($p->stdio(1)), "/$name"), ending($p->join()));
rmdir($folder);
?>
--EXPECT--
bool(true)
string(6) "code 0"
bool(true)
string(6) "code 0"
