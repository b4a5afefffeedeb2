<?php
// Choices that a seed repeats.
declare(strict_types=1);

final class Dice
{
    public static function seed(int $seed): void
    {
        mt_srand($seed);
    }

    /** A number from $least to $most. */
    public static function number(int $least, int $most): int
    {
        return mt_rand($least, $most);
    }

    /** True once in so many times. */
    public static function once_in(int $times): bool
    {
        return mt_rand(1, $times) === 1;
    }

    public static function one_of(array $choices): mixed
    {
        return array_values($choices)[mt_rand(0, count($choices) - 1)];
    }

    /** A key, each as likely as its weight says. */
    public static function weighted(array $weights): string
    {
        $number = mt_rand(1, array_sum($weights));
        foreach ($weights as $key => $weight) {
            if (($number -= $weight) <= 0) {
                return $key;
            }
        }
    }

    public static function shuffled(array $values): array
    {
        shuffle($values);
        return $values;
    }
}
