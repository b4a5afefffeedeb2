--TEST--
bin/pool runs a script: jobs, progress, recycling; status, scale, restart, metrics and stop by the socket and by HTTP
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
file_put_contents('worker.php', <<<'PHP'
<?php
$done = 0;
return function (Swoole\Process\Pool $pool, int $worker) use (&$done) {
    if (++$done > 3) {
        return false;
    }
    $pool->progress("job $done");
};
PHP);
file_put_contents('pool.ini', "script = worker.php\nworkers = 2\nname = mail\nsocket = mail.sock\nidle = 1h\ngrace = 60\n[env]\nA = b\n");
// A port that is free now.
$port = (int) substr(strrchr(stream_socket_get_name(stream_socket_server('tcp://127.0.0.1:0'), false), ':'), 1);
$pool = pool('run', '--config=pool.ini', "--http=127.0.0.1:$port");
$pool->hear('is ready');
printf("%o %o\n", fileperms('mail.sock'), fileowner('mail.sock') === posix_geteuid());
echo (int) file_get_contents('mail.pid') === $pool->pid ? "pid file\n" : "no pid\n";
$three = fn (int $count) => fn () => array_column(status('mail.sock')['workers'], 'jobs') === array_fill(0, $count, 3);
until($three(2));
$status = status('mail.sock');
echo json_encode([$status['name'], $status['state'], $status['pid'] === $pool->pid, $status['jobs']['count'], array_column($status['workers'], 'progress')]), "\n";
echo preg_replace(['/\(\d+\)/', '/ \d+ +\d+s /', '/\d+\.?\d*M/', '/since \d+s/', '/ +/'], ['(N)', ' N T ', 'M', 'since T', ' '], pool('status', '-c', 'pool.ini')->end()[1]);
echo 'scale ', pool_run('scale', '3', '--socket=mail.sock');
until($three(3));
$before = status('mail.sock')['workers'];
echo 'restart ', pool_run('restart', 'mail-1', '-smail.sock');
until(fn () => status('mail.sock')['workers'][1]['jobs'] === 6);
$after = status('mail.sock');
echo json_encode(array_map(fn ($old, $new) => $old['pid'] === $new['pid'], $before, $after['workers'])), ' ', json_encode($after['restarts']), "\n";
echo pool_run('restart', 'mail-7', '-smail.sock'), pool_run('scale', '-1', '-smail.sock'), pool_run('scale', 'x', '-smail.sock');
$http = fn (string $path) => file_get_contents("http://127.0.0.1:$port$path", false, stream_context_create(['http' => ['ignore_errors' => true, 'protocol_version' => '1.1']]));
$metrics = $http('/metrics');
echo $metrics === pool('metrics', '-smail.sock')->end()[1] || strlen($metrics) > 1000 ? "metrics\n" : "no metrics\n";
echo implode("\n", preg_grep('/_workers\{.*running|restarts_total|_bucket.*(Inf|="300")|_count/', explode("\n", $metrics))), "\n";
echo json_decode($http('/status'), true)['name'], ' ', $http('/other');
echo $http('/stop'), 'stop ', pool_run('stop', '--socket=mail.sock');
[$code, , $log] = $pool->end();
echo $code, "\n", without_times($log), implode(' ', glob('*')), "\n";
echo pool_run('stop', '--socket=mail.sock');
?>
--EXPECT--
140600 1
pid file
["mail","running",true,6,["job 3","job 3"]]
pool mail (N) is running since T, 0 restarts
WORKER STATE PID AGE RESTARTS MEMORY JOBS DOING
mail-0 running N T 0 M 3 job 3
mail-1 running N T 0 M 3 job 3
scale 0
restart 0
[true,false,true] {"crash":0,"request":1,"end":0}
1
pool: there is no worker 'mail-7'
64
pool: the number of workers must be from 0 to 1000, not '-1'
Try 'pool scale --help'.
64
pool: the number of workers must be from 0 to 1000, not 'x'
Try 'pool scale --help'.
metrics
pool_workers{pool="mail",state="running"} 3
# HELP pool_restarts_total Restarts of workers by cause.
# TYPE pool_restarts_total counter
pool_restarts_total{pool="mail",cause="crash"} 0
pool_restarts_total{pool="mail",cause="request"} 1
pool_restarts_total{pool="mail",cause="end"} 0
pool_job_duration_seconds_bucket{pool="mail",le="300"} 12
pool_job_duration_seconds_bucket{pool="mail",le="+Inf"} 12
pool_job_duration_seconds_count{pool="mail"} 12
mail there are /metrics and /status
there are /metrics and /status
stop 0
0
NOTICE mail: starts 2 workers
NOTICE mail: is ready
NOTICE mail: changes to 3 workers
NOTICE mail: restarts mail-1
NOTICE mail: stops
NOTICE mail: has ended
pool.ini worker.php
69
pool: cannot connect to mail.sock: no pool runs there
