--TEST--
bin/pool: a pid file that cannot be written, as on a full disk, ends the start with a message; what is no regular file is not removed
--EXTENSIONS--
posix
pcntl
--SKIPIF--
<?php
file_exists('/dev/full') || exit('skip /dev/full is missing');
?>
--FILE--
<?php
require __DIR__ . '/support.inc';
symlink('/dev/full', 'a.pid');
echo pool_run('run', '--socket=a.sock', '--pid-file=a.pid', '--name=a', '--', 'sleep', '1000');
echo implode(' ', glob('*'));
?>
--EXPECT--
71
pool: the pid file 'a.pid' cannot be written
a.pid