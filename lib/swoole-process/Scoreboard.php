<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

use Swoole\Atomic\Long;
use Swoole\Table;

/** What workers tell of themselves, in memory that they share with the master. */
final class Scoreboard
{
    /** The upper bounds of the durations of jobs that are counted apart, in seconds. */
    public const BOUNDS = [0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0, 60.0, 300.0];

    /** The most bytes of a text about a worker. */
    private const LONGEST = 200;

    private Table $table;
    /** How many jobs wait, as a worker has told; -1: none has. */
    private readonly Long $queue;

    public function __construct(int $workers)
    {
        $this->queue = new Long(-1);
        $this->table = new Table($workers * 2);
        $this->table->column('pid', Table::TYPE_INT);
        $this->table->column('jobs', Table::TYPE_INT);
        $this->table->column('seconds', Table::TYPE_FLOAT);
        $this->table->column('progress', Table::TYPE_STRING, self::LONGEST);
        foreach (array_keys(self::BOUNDS) as $number) {
            $this->table->column("b$number", Table::TYPE_INT);
        }
        if (!$this->table->create()) {
            throw new Failure('there is no memory for the state of so many workers', Status::SYSTEM);
        }
    }

    /** By a worker: this process is up. */
    public function up(int $worker, int $pid): void
    {
        $this->table->set("$worker", ['pid' => $pid, 'progress' => '']);
    }

    /** By a worker: it has done a job. */
    public function job(int $worker, float $seconds): void
    {
        $this->table->incr("$worker", 'jobs');
        $this->table->incr("$worker", 'seconds', $seconds);
        foreach (self::BOUNDS as $number => $bound) {
            if ($seconds <= $bound) {
                $this->table->incr("$worker", "b$number");
                break;
            }
        }
    }

    /** By a worker: what it does. */
    public function progress(int $worker, string $text): void
    {
        $text = (string) preg_replace('/[\x00-\x1f\x7f]+/', ' ', substr($text, 0, self::LONGEST));
        if (preg_match('//u', $text) !== 1) {
            // The cut may have left a part of a character.
            $text = (string) preg_replace('/[\xc0-\xff][\x80-\xbf]{0,2}$/', '', $text);
        }
        $this->table->set("$worker", ['pid' => getmypid(), 'progress' => $text]);
    }

    /** By a worker: how many jobs wait. */
    public function queue(int $jobs): void
    {
        $this->queue->set(max(0, $jobs));
    }

    /** How many jobs wait; null when no worker has told. */
    public function queued(): ?int
    {
        $jobs = $this->queue->get();
        return $jobs < 0 ? null : $jobs;
    }

    /** @return array<string, mixed> */
    public function row(int $worker): array
    {
        $row = $this->table->get("$worker");
        return is_array($row) ? $row : ['pid' => 0, 'jobs' => 0, 'seconds' => 0.0, 'progress' => ''];
    }

    /** Whether this process has told that it is up. */
    public function isUp(int $worker, ?int $pid): bool
    {
        return $pid !== null && $this->row($worker)['pid'] === $pid;
    }
}
