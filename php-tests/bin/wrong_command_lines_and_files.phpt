--TEST--
bin/pool: help, and what is refused: commands, options, values and files, with the nearest name and an exit status
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
echo strtok(pool_run('--help'), "\n"), ' ', strtok("\n"), "\n";
echo strtok(pool_run('run', '--help'), "\n"), ' ', strtok("\n"), "\n";
echo pool_run('--version') === "0\npool " . phpversion('swoole_process') . "\n" ? "version\n" : "no version\n";
file_put_contents('worker.php', '<?php');
file_put_contents('text.txt', 'text');
foreach ([
    ['rum'], ['worker.php'], ['--', 'true'], ['status', '--jsno'], ['run'], ['run', '--'], ['run', 'nothing.php'], ['run', 'worker.php', 'x'], ['run', 'worker.php', '--', 'true'], ['run', '--wokers=2', 'worker.php'],
    ['run', '--workers', '2', '--workers=3', 'worker.php'], ['run', '--workers'], ['run', '-nx', 'worker.php'],
    ['run', '--workers=1001', 'worker.php'], ['run', '--workers=0', 'worker.php'], ['run', 'text.txt'], ['run', '--max-memory=1', 'MB', 'worker.php'],
    ['run', '--', 'worker.php'], ['run', '--', './text.txt'], ['run', '--', 'text.txt'], ['run', '--', 'sleep 1'],
    ['run', '--http=127.0.0.1:65536', 'worker.php'], ['run', '--socket=' . str_repeat('x', 108), 'worker.php'], ['run', '--log=.', '--socket=a.sock', 'worker.php'], ['run', '--restart=sometimes', 'worker.php'], ['run', '--grace=soon', 'worker.php'],
    ['run', '--max-memory=1X', 'worker.php'], ['run', '--env=X', 'worker.php'], ['run', '--rlimit=nofiles=1', 'worker.php'],
    ['run', '--rlimit=nofile=many', 'worker.php'], ['run', '--user=no-such-user', 'worker.php'], ['run', '--cwd=nowhere', 'worker.php'],
    ['run', '--http=0.0.0.0:80', 'worker.php'], ['run', '--name=a/b', 'worker.php'], ['run', '--max-jobs=1', '--', 'true'],
    ['run', '--', 'no-such-command'], ['run', '--socket=nowhere/a.sock', 'worker.php'], ['run', '--log=nowhere/log', '--socket=a.sock', 'worker.php'],
    ['run', '--socket=worker.php', 'worker.php'], ['scale'], ['scale', '1', '2'], ['stop', '--json'], ['status', '--socket=a.sock'],
    ['scale', 'abc'], ['scale', '-1'], ['scale', '1001'], ['scale', ''], ['scale', ' 3'], ['scale', "3\n"], ['scale', '--', '3'],
    ['restart'], ['restart', 'a', 'b'], ['restart', 'a b'], ['restart', "a-0\nstop"], ['status', 'x'], ['metrics', 'x'], ['reload', '--once'],
    ['status', '--json=1'], ['status', '--socket='], ['status', '--name=a/b'], ['status', '--name=a', '--socket=b'], ['run', '--config=', 'worker.php'],
    ['help', 'nothing'], [''],
] as $arguments) {
    echo implode(' ', $arguments), ': ', str_replace("\n", ' ', pool_run(...$arguments)), "\n";
}
foreach ([
    "wokers = 2", "[envs]\na = b", "workers[] = 1\nworkers[] = 2", "command = 'x", "command = \"\"", "command = a\nscript = b", "a = \"b",
    "restart = never\nscript = nothing.php", "script = worker.php\nworkers: 2", "# old\nscript = worker.php", "workers = 1\nworkers = 2",
    "script = worker.php\nrlimit = core=0\nrlimit = nofile=9", "script = worker.php\n[env]\nworkers = 2", "command = a | b", "command = a \$HOME", "command = sh -c 'a; b'",
] as $text) {
    file_put_contents('pool.ini', $text);
    echo str_replace("\n", ' ', pool_run('run', '--config=pool.ini')), "\n";
}
echo pool_run('run', '-c', 'nothing.ini');
echo implode(' ', glob('*')), "\n";
?>
--EXPECT--
0 pool runs a command or a script in supervised workers.
0 pool run [options] -- command [arguments]
version
rum: 64 pool: unknown command 'rum', the nearest name is run Try 'pool --help'. 
worker.php: 64 pool: unknown command 'worker.php': is 'pool run worker.php' meant? Try 'pool --help'. 
-- true: 64 pool: unknown command '--': is 'pool run --' meant? Try 'pool --help'. 
status --jsno: 64 pool: unknown option '--jsno', the nearest name is json Try 'pool status --help'. 
run: 64 pool: nothing to run: give a script, a command after --, or a configuration file with one of them Try 'pool run --help'. 
run --: 64 pool: nothing to run: give a script, a command after --, or a configuration file with one of them Try 'pool run --help'. 
run nothing.php: 78 pool: the script 'nothing.php' cannot be read; a command needs -- before it, or the key command in a file 
run worker.php x: 64 pool: a script has no arguments, but 'x' comes after 'worker.php': put -- before a command, and quotes around a value with spaces Try 'pool run --help'. 
run worker.php -- true: 64 pool: only options may come before --, not 'worker.php' Try 'pool run --help'. 
run --wokers=2 worker.php: 64 pool: unknown option '--wokers', the nearest name is workers Try 'pool run --help'. 
run --workers 2 --workers=3 worker.php: 64 pool: option '--workers' may be given once Try 'pool run --help'. 
run --workers: 64 pool: option '--workers' needs a value Try 'pool run --help'. 
run -nx worker.php: 78 pool: the value of workers must be a whole number, not 'x' 
run --workers=1001 worker.php: 78 pool: the value of workers must be from 1 to 1000 
run --workers=0 worker.php: 78 pool: the value of workers must be from 1 to 1000 
run text.txt: 78 pool: 'text.txt' is no PHP script; a command needs -- before it, or the key command in a file 
run --max-memory=1 MB worker.php: 64 pool: a script has no arguments, but 'worker.php' comes after 'MB': put -- before a command, and quotes around a value with spaces Try 'pool run --help'. 
run -- worker.php: 78 pool: the command 'worker.php' is a script: leave out --, or put php before it 
run -- ./text.txt: 78 pool: the command './text.txt' may not be executed: chmod +x 
run -- text.txt: 78 pool: the command 'text.txt' is in this folder, and not in PATH: write ./text.txt 
run -- sleep 1: 78 pool: the command 'sleep 1' was not found: give its arguments as words of their own, or use sh -c 
run --http=127.0.0.1:65536 worker.php: 78 pool: the value of http must be a loopback address and a port, such as 127.0.0.1:9253, not '127.0.0.1:65536' 
run --socket=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx worker.php: 78 pool: the path of the socket has more than 107 bytes: give a shorter one by --socket ('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') 
run --log=. --socket=a.sock worker.php: 71 pool: the file '.' cannot be written: Is a directory 
run --restart=sometimes worker.php: 78 pool: the value of restart must be always, on-failure, never or once, not 'sometimes' 
run --grace=soon worker.php: 78 pool: the value of grace must be a time, such as 500ms, 5s or 2h, not 'soon' 
run --max-memory=1X worker.php: 78 pool: the value of max-memory must be a size, such as 256M, not '1X' 
run --env=X worker.php: 78 pool: the value of env must be NAME=VALUE, not 'X' 
run --rlimit=nofiles=1 worker.php: 78 pool: there is no rlimit nofiles, the nearest name is nofile 
run --rlimit=nofile=many worker.php: 78 pool: the value of rlimit nofile must be a number or unlimited, not 'many' 
run --user=no-such-user worker.php: 78 pool: there is no user 'no-such-user' 
run --cwd=nowhere worker.php: 78 pool: the value of cwd must be a folder that exists, not 'nowhere' 
run --http=0.0.0.0:80 worker.php: 78 pool: the value of http must be a loopback address and a port, such as 127.0.0.1:9253, not '0.0.0.0:80' 
run --name=a/b worker.php: 78 pool: the value of name must have letters, digits, dots, _ and - only, not 'a/b' 
run --max-jobs=1 -- true: 78 pool: max-jobs is for scripts only: a command counts no jobs 
run -- no-such-command: 78 pool: the command 'no-such-command' was not found, or may not be executed 
run --socket=nowhere/a.sock worker.php: 71 pool: the folder of the socket, 'nowhere', is not there or not writable 
run --log=nowhere/log --socket=a.sock worker.php: 71 pool: the file 'nowhere/log' cannot be written: No such file or directory 
run --socket=worker.php worker.php: 71 pool: 'worker.php' exists, and is no socket 
scale: 64 pool: scale takes the number of workers Try 'pool scale --help'. 
scale 1 2: 64 pool: scale takes the number of workers Try 'pool scale --help'. 
stop --json: 64 pool: unknown option '--json' Try 'pool stop --help'. 
status --socket=a.sock: 69 pool: cannot connect to a.sock: no pool runs there 
scale abc: 64 pool: the number of workers must be from 0 to 1000, not 'abc' Try 'pool scale --help'. 
scale -1: 64 pool: the number of workers must be from 0 to 1000, not '-1' Try 'pool scale --help'. 
scale 1001: 64 pool: the number of workers must be from 0 to 1000, not '1001' Try 'pool scale --help'. 
scale : 64 pool: the number of workers must be from 0 to 1000, not '' Try 'pool scale --help'. 
scale  3: 64 pool: the number of workers must be from 0 to 1000, not ' 3' Try 'pool scale --help'. 
scale 3
: 64 pool: the number of workers must be from 0 to 1000, not '3 ' Try 'pool scale --help'. 
scale -- 3: 64 pool: scale takes the number of workers Try 'pool scale --help'. 
restart: 64 pool: restart takes the name of a worker Try 'pool restart --help'. 
restart a b: 64 pool: restart takes the name of a worker Try 'pool restart --help'. 
restart a b: 64 pool: restart takes the name of a worker, such as mail-0, not 'a b' Try 'pool restart --help'. 
restart a-0
stop: 64 pool: restart takes the name of a worker, such as mail-0, not 'a-0 stop' Try 'pool restart --help'. 
status x: 64 pool: status takes no argument Try 'pool status --help'. 
metrics x: 64 pool: metrics takes no argument Try 'pool metrics --help'. 
reload --once: 64 pool: unknown option '--once' Try 'pool reload --help'. 
status --json=1: 64 pool: option '--json' takes no value Try 'pool status --help'. 
status --socket=: 64 pool: option '--socket' needs a value Try 'pool status --help'. 
status --name=a/b: 64 pool: the value of name must have letters, digits, dots, _ and - only, not 'a/b' Try 'pool status --help'. 
status --name=a --socket=b: 64 pool: give either --name or --socket, not both Try 'pool status --help'. 
run --config= worker.php: 64 pool: option '--config' needs a value Try 'pool run --help'. 
help nothing: 64 pool: unknown command 'nothing' Try 'pool --help'. 
: 64 pool: unknown command '' Try 'pool --help'. 
78 pool: pool.ini: unknown key wokers, the nearest name is workers 
78 pool: pool.ini: unknown section [envs]: there is [env] only, and the other keys stand before it 
78 pool: pool.ini: workers may be given once 
78 pool: pool.ini: command has a quote that does not end; if there is a ; in it, put double quotes around all of the value 
78 pool: pool.ini: command is empty 
78 pool: pool.ini: give either command or script, not both 
78 pool: pool.ini: unknown key a 
78 pool: the script '/nothing.php' cannot be read; a command needs -- before it, or the key command in a file 
78 pool: pool.ini: line 2 is not KEY = VALUE; a comment begins with ; 
78 pool: pool.ini: line 1 is not KEY = VALUE; a comment begins with ; 
78 pool: pool.ini: line 2: workers occurs twice 
78 pool: pool.ini: line 3: rlimit occurs twice: write rlimit[] for each 
78 pool: pool.ini: workers stands in the section [env], but is an option: put it before the section 
78 pool: pool.ini: command has '|', which only a shell understands: write command = sh -c '...', or quote it 
78 pool: pool.ini: command has '$HOME', which only a shell understands: write command = sh -c '...', or quote it 
78 pool: pool.ini: command has a quote that does not end; if there is a ; in it, put double quotes around all of the value 
78
pool: the configuration file 'nothing.ini' cannot be read: No such file or directory
pool.ini text.txt worker.php
