--TEST--
bin/pool runs a command: names, output, environment, folder, limits, no standard input; and it ends by the rule of its workers
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
/** The lines of the output in the order of the alphabet. */
function sorted(string $text): string
{
    $lines = explode("\n", rtrim($text, "\n"));
    sort($lines);
    return implode("\n", $lines) . "\n";
}
mkdir('work');
mkdir('logs');
$script = 'pwd -P | sed "s,.*/,,"; ulimit -n; echo "$A $POOL_NAME $POOL_WORKER"; readlink /proc/self/fd/0; echo to stderr >&2; printf "no end"';
$common = ['run', '--socket=a.sock', '--name=job', '-n2', '--restart=once'];
[$status, $output, $errors] = pool(...[...$common, '--output=prefix', '-e', 'A=b c', '--cwd=work', '--rlimit', 'nofile=99', '--', 'sh', '-c', $script])->end();
echo $status, "\n", sorted($output), sorted(implode("\n", preg_grep('/to stderr/', explode("\n", $errors))));
echo "files\n";
echo pool_run(...[...$common, '--output-folder=logs', '--log=log', '--', 'sh', '-c', 'echo "out $POOL_WORKER"; echo err >&2']);
echo sorted(file_get_contents('logs/job-0.log')), sorted(file_get_contents('logs/job-1.log')), without_times(file_get_contents('log'));
echo "inherit, null\n";
echo pool('run', '--socket=a.sock', '--restart=once', '--', 'echo', 'as it is')->end()[1];
echo pool('run', '--socket=a.sock', '--restart=once', '--output=null', '--', 'echo', 'nothing')->end()[1];
echo "a pipe that may be opened again, and SIGPIPE\n";
echo pool('run', '--socket=a.sock', '--restart=once', '--output=prefix', '--', 'sh', '-c', 'echo again >/dev/stdout; (yes 2>&1; echo $? >status) | head -1; cat status')->end()[1];
echo "no worker comes up\n";
echo pool_run('run', '--socket=a.sock', '--name=a', '--', 'false');
echo "it fails later\n";
echo pool_run('run', '--socket=a.sock', '--name=a', '--boot-time=1ms', '--restart=never', '--', 'sh', '-c', 'sleep 0.1; exit 3');
echo "it fails too often\n";
echo pool_run('run', '--socket=a.sock', '--name=a', '--boot-time=1ms', '--max-restarts=1', '--restart-delay=0', '--', 'sh', '-c', 'sleep 0.1; kill -9 $$');
unlink('status');
echo implode(' ', glob('*')), "\n";
?>
--EXPECT--
0
job-0 | /dev/null
job-0 | 99
job-0 | b c job 0
job-0 | no end
job-0 | work
job-1 | /dev/null
job-1 | 99
job-1 | b c job 1
job-1 | no end
job-1 | work
job-0 | to stderr
job-1 | to stderr
files
0
err
out 0
err
out 1
NOTICE job: starts 2 workers
NOTICE job: stops
NOTICE job: has ended
inherit, null
as it is
a pipe that may be opened again, and SIGPIPE
sh-0 | again
sh-0 | y
sh-0 | 141
no worker comes up
70
NOTICE a: starts 1 worker
WARNING a: worker 0 [a-0] (pid N) exited with code 1 after T s, restarts so far: 0; restarting in T s
ERROR a: gives up: no worker came up, the last one ended with status 1 after T s
NOTICE a: stops
NOTICE a: has ended
it fails later
1
NOTICE a: starts 1 worker
WARNING a: worker 0 [a-0] (pid N) exited with code 3 after T s, restarts so far: 0; not restarting
NOTICE a: stops
ERROR a: has ended: workers have failed for good
it fails too often
1
NOTICE a: starts 1 worker
WARNING a: worker 0 [a-0] (pid N) was killed by SIGKILL (9) after T s, restarts so far: 0; restarting in T s
WARNING a: worker 0 [a-0] (pid N) was killed by SIGKILL (9) after T s, restarts so far: 1; not restarting
WARNING a: the process pool gives up: its workers have failed more than max-restarts times within restart-window
NOTICE a: stops
ERROR a: has ended: workers have failed for good
log logs work
