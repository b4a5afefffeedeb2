<?php
// The process that is the pool's master.
declare(strict_types=1);

use Swoole\Event;
use Swoole\Process;
use Swoole\Process\Pool;

final class Master
{
    private float $stops = 0.0;

    public function __construct(private readonly Trial $trial, private readonly Wire $wire) {}

    public function run(): void
    {
        $folder = $this->trial->folder;
        ini_set('memory_limit', '128M');
        ini_set('display_errors', '0');
        ini_set('log_errors', '1');
        ini_set('error_log', "$folder/errors");
        // Nobody wants the cores of those who are killed on purpose.
        posix_setrlimit(POSIX_RLIMIT_CORE, 0, 0);
        swoole_async_set(['log_file' => "$folder/log"]);
        $reports = new Ledger("$folder/reports");
        $before = links();
        $result = $this->run_pool($reports);
        $stopped = microtime(true) - $this->stops;
        gc_collect_cycles();
        $left = array_diff(links(), $before);
        // What is kept open for the log is nobody's leftover.
        $left = array_values(array_filter($left, fn (string $link) => $link !== "$folder/log"));
        file_put_contents("$folder/master.json", json_encode(['result' => $result, 'stopped' => $stopped, 'left' => $left]));
    }

    private function run_pool(Ledger $reports): ?bool
    {
        $way = $this->trial->way;
        $pool = new Pool(Trial::WORKERS, match ($way) {
            Way::Queue => SWOOLE_IPC_MSGQUEUE,
            Way::Server => SWOOLE_IPC_SOCKET,
            default => SWOOLE_IPC_UNIXSOCK,
        }, $way === Way::Queue ? (int) file_get_contents("{$this->trial->folder}/key") : 0, $way === Way::Coroutines);
        $pool->set([
            'restart_delay' => 0.001, 'restart_max_delay' => 0.02,
            'max_wait_time' => $this->trial->max_wait(),
            'enable_message_bus' => $way === Way::Bus, 'max_package_size' => 1 << 22,
        ]);
        $way === Way::Server && $pool->listen('unix:' . $this->trial->socket());
        $pool->on('Start', function (Pool $pool) {
            $this->trial->is_fed_from_outside() || Feeder::start_all($this->trial, $this->wire, $pool);
            // The loop has its first turn when all workers are forked. The list has a descriptor of its own.
            Event::defer(fn () => $this->wire->tell('up ' . (count(scandir('/proc/self/fd')) - 1)));
            $storm = new Storm($this->trial, $this->wire, $pool);
            (new Process(fn () => $storm->run(), false, 0))->start();
        });
        $worker = new Worker($this->trial, $this->wire);
        $pool->on('WorkerStart', $worker->begin(...));
        $pool->on('Message', $worker->handle(...));
        $pool->on('WorkerStop', fn () => $worker->stop());
        $pool->on('WorkerError', fn (Pool $pool, int $id, array $report) => $reports->note(Note::Dies, $report['pid'], $report['signal']));
        $pool->on('Shutdown', function () { $this->stops = microtime(true); });
        return $pool->start();
    }
}
