--TEST--
Pool::set(), Manager::set() and Process::set(): a fatal error while a setting is converted ends the script there
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Manager;
use Swoole\Process\Pool;

class Setting
{
    public function __toString(): string
    {
        trigger_error('fatal', E_USER_ERROR);
    }
}

/** A filter whose code runs when the stream is flushed. */
class Filter extends php_user_filter
{
    public function filter($in, $out, &$consumed, bool $closing): int
    {
        $closing || print "the filter runs\n";
        return PSFS_PASS_ON;
    }
}
stream_filter_register('filter', Filter::class);

$names = ['worker_names' => ['the name of the first worker', 'the name of the second worker']];
$calls = [
    'Pool, checked' => fn () => (new Pool(1))->set([...$names, 'log_date_format' => new Setting()]),
    'Pool, set' => fn () => (new Pool(1))->set([...$names, 'log_file' => new Setting()]),
    'Manager, checked' => fn () => (new Manager())->set([...$names, 'dns_server' => new Setting()]),
    'Manager, set' => fn () => (new Manager())->set([...$names, 'log_file' => new Setting()]),
    'Process' => function () {
        $stream = fopen('/dev/null', 'w');
        stream_filter_append($stream, 'filter', STREAM_FILTER_WRITE);
        (new Process(fn () => null))->set(['title' => 'the title', 'cwd' => '/', 'stdin' => '/dev/null', 'stdout' => $stream]);
    },
];
foreach ($calls as $title => $call) {
    $process = new Process(function () use ($call) {
        ini_set('display_errors', '0');
        ini_set('log_errors', '0');
        $call();
        echo "not reached\n";
    });
    $process->start();
    echo "$title: ", Process::wait()['code'], "\n";
}
echo "what is refused changes nothing\n";
$manager = new Manager();
foreach ([['max_wait_time' => 'soon', 'exit_condition' => 'none'], ['max_wait_time' => 'soon'], ['log_level' => 5, 'worker_names' => '?']] as $settings) {
    try {
        $manager->set($settings);
    } catch (Exception $exception) {
        echo $exception->getMessage(), "\n";
    }
}
swoole_error_log(SWOOLE_LOG_WARNING, 'the level is what it was');
?>
--EXPECTF--
Pool, checked: 255
Pool, set: 255
Manager, checked: 255
Manager, set: 255
Process: 255
what is refused changes nothing
function 'none' is not callable
the setting max_wait_time must be a number of seconds, not negative
the setting worker_names must be a name or names of up to 64 letters, digits, dots, colons, @, _ and -
[%s]	WARNING	the level is what it was
