<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

use Swoole\Event;

use function Swoole\dup2;

/** The output of the workers: through pipes to the master, which puts names before lines, or writes files. */
final class Output
{
    private readonly bool $isPiped;
    /** @var array<int, array{Pipe, Pipe}> the pipes of each worker, for stdout and stderr */
    private array $pipes = [];
    /** @var array<int, Sink|null> */
    private array $files = [];
    /** @var array{Sink, Sink} */
    private array $own;

    public function __construct(private readonly Config $config, private readonly Log $log)
    {
        $this->isPiped = $config->text('output') === 'prefix' || $config->text('output-folder') !== null;
        $this->own = [new Sink(STDOUT), new Sink(STDERR)];
    }

    /** Makes pipes for workers below this number. Whether there were too few. */
    public function provide(int $workers): bool
    {
        $tooFew = $this->isPiped && count($this->pipes) < $workers;
        while ($this->isPiped && count($this->pipes) < $workers) {
            $this->pipes[] = [new Pipe(), new Pipe()];
        }
        return $tooFew;
    }

    /** In the master, when its loop runs: reads what comes. */
    public function watch(): void
    {
        foreach ($this->pipes as $worker => $pair) {
            foreach ($pair as $kind => $pipe) {
                if (!Event::isset($pipe->reader)) {
                    Event::add($pipe->reader, fn () => $this->pass($worker, $kind, $pipe->lines()));
                }
            }
        }
    }

    /** What is left when all workers have ended: waits for slow readers. Returns the number of lines that were not written. */
    public function finish(float $deadline): int
    {
        foreach ($this->pipes as $worker => $pair) {
            foreach ($pair as $kind => $pipe) {
                do {
                    $this->pass($worker, $kind, $lines = $pipe->lines());
                    $this->own[$kind]->drain($deadline);
                    // What a worker has started may go on writing.
                } while ($lines !== [] && hrtime(true) / 1e9 < $deadline);
                $this->pass($worker, $kind, $pipe->lines(true));
            }
        }
        $sinks = [...$this->own, ...array_filter($this->files)];
        return array_sum(array_map(static fn (Sink $sink): int => $sink->drain($deadline), $sinks));
    }

    public function reopen(): void
    {
        $this->files = [];
    }

    /** In a worker: puts its standard output and error in their places. STDIN, STDOUT and STDERR stay open for its script. */
    public function redirect(int $worker): void
    {
        $null = fopen('/dev/null', 'r+e');
        $targets = match (true) {
            isset($this->pipes[$worker]) => array_map(static fn (Pipe $pipe): int => $pipe->number, $this->pipes[$worker]),
            $this->config->text('output') === 'null' => [$null, $null],
            default => [],
        };
        // Nothing but the master reads standard input.
        foreach ([$null, ...$targets] as $number => $target) {
            $target !== false && dup2($target, $number) || exit(Status::SYSTEM);
        }
    }

    /** The file of a worker; null when it cannot be opened, which is logged once until files are opened again. */
    private function file(int $worker, string $name): ?Sink
    {
        if (!array_key_exists($worker, $this->files)) {
            try {
                $this->files[$worker] = Sink::file($this->config->text('output-folder') . "/$name.log");
            } catch (Failure $failure) {
                $this->files[$worker] = null;
                $this->log->write('error', $failure->getMessage());
            }
        }
        return $this->files[$worker];
    }

    /** @param list<string> $lines */
    private function pass(int $worker, int $kind, array $lines): void
    {
        $name = "{$this->config->name}-$worker";
        foreach ($lines as $line) {
            if ($this->config->text('output-folder') !== null) {
                $this->file($worker, $name)?->put("$line\n");
            }
            match ($this->config->text('output')) {
                'prefix' => $this->own[$kind]->put("$name | $line\n"),
                // Where there are files, they are enough.
                default => null,
            };
        }
    }
}
