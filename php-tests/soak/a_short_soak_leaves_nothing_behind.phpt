--TEST--
300 children, 60 alive at a time, that end in every way: nothing is left behind (the short form of `make soak`)
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php
if (!is_readable('/proc/sysvipc/msg')) die('skip no list of queues in /proc');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';
$process = proc_open([...php_command(), __DIR__ . '/soak.php', '--children=300', '--alive=60'], [1 => STDOUT, 2 => STDOUT], $pipes);
$status = proc_close($process);
echo "status $status\n";
?>
--EXPECTF--
seed %d: 300 children, 60 alive at a time
%w%d ended by Process->exit()
%w%d ended by SIGKILL
%w%d ended by a fatal error
%w%d ended by an exception
%w%d ended by exec()
%w%d ended by exit()
%w%d ended by exit() after a child of their own
%w%d ended by return
%d children a second
soak: nothing left behind
status 0
