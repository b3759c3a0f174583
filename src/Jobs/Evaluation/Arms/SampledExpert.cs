using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Jobs.Evaluation.Arms;

/// <summary>Samples the best single expert until it has had as many calls, as many tokens and as much time as each policy.</summary>
/// <param name="greedySeconds">Mean wall time of a greedy answer; null where only part of it is known.</param>
sealed class SampledExpert(
    ArmDesk desk, EvalOptions options, string expert, IReadOnlyList<ProfileQuestion> questions,
    IReadOnlyList<GradedAnswer> greedy, double? greedySeconds)
{
    readonly List<MemberAnswer>[] _samples = [.. questions.Select(_ => new List<MemberAnswer>())];

    /// <summary>What the samples took so far; null where only part of it is known.</summary>
    public SampledSeconds? Seconds { get; private set; } = greedySeconds is { } seconds ? new SampledSeconds(seconds, []) : null;

    /// <param name="calls">Most mean calls a question of a policy.</param>
    /// <param name="tokens">Most mean tokens a question of a policy, read and written, or as many as its operations are worth.</param>
    /// <param name="seconds">Longest mean wall time a question of a policy.</param>
    public async Task<IReadOnlyList<SampledAnswers>> RunAsync(
        double calls, double tokens, double seconds, CancellationToken cancellationToken)
    {
        int have = 0;
        for (int round = 1; Missing(calls, tokens, seconds, have) is > 0 and var wanted; round++)
        {
            JobItem[] items = ArmItems.Sampled(questions, expert, options, wanted, round);
            var answers = await desk.RunAsync(expert, ArmKind.Samples, items, cancellationToken, $"{round}: {wanted}");
            for (int i = 0; i < items.Length; i++)
                _samples[i].AddRange(Exactly(wanted, answers[items[i].Key]));
            Seconds = desk.Totals[^1].SecondsEach is { } each && Seconds is { } before
                ? before with { Samples = [.. before.Samples, .. Enumerable.Repeat(each / wanted, wanted)] }
                : null;
            have += wanted;
        }
        await desk.JudgeAsync(questions.SelectMany((question, i) => _samples[i]
            .Where(sample => sample.Failure is null).Select(sample => (question, sample.Text))), cancellationToken);
        return [.. questions.Select((question, i) => new SampledAnswers(
            greedy[i].Sample, [.. _samples[i].Select(sample => GradedAnswer.Of(question, sample, desk.GradeOf).Sample)]))];
    }

    /// <summary>Samples a question to be drawn next; 0 when they suffice. With one call there is nothing to vote on.</summary>
    int Missing(double calls, double tokens, double seconds, int have)
    {
        double single = greedy.Average(answer => (double)answer.Tokens);
        double had = have == 0 ? 0 : _samples.Average(samples => samples.Sum(sample => (double)Tokens(sample)));
        double each = Math.Max(1, have == 0 ? single : had / have);
        int wanted = Math.Max(
            MissingInTime(seconds, have),
            Math.Max(calls > 1 ? (int)Math.Ceiling(calls) - have : 0, tokens > single ? (int)Math.Ceiling((tokens - had) / each) : 0));
        // Two at least in all: one sample is no vote.
        return wanted <= 0 ? 0 : Math.Min(Math.Max(wanted, 2 - have), options.MaxSamples - have);
    }

    /// <summary>None where the time is unknown: what cannot be compared need not be drawn.</summary>
    int MissingInTime(double seconds, int have)
    {
        if (Seconds is not { } took || seconds <= took.Greedy)
            return 0;
        double had = have == 0 ? 0 : took.Of(have), each = have == 0 ? took.Greedy : had / have;
        return (int)Math.Min(options.MaxSamples, Math.Ceiling((seconds - had) / each));
    }

    /// <summary>An expert that refuses a question has fewer answers; what is missing abstains.</summary>
    static IEnumerable<MemberAnswer> Exactly(int count, JobAnswer answer)
    {
        var missing = new MemberAnswer(
            answer.Expert, 0, "", null, null)
        {
            Failure = answer.Failure ?? new JobFailure(Experts.ExpertFailure.Failed, answer.Expert, "There is no such sample."),
        };
        return answer.Members.Take(count).Concat(Enumerable.Repeat(missing, Math.Max(0, count - answer.Members.Count)));
    }

    static long Tokens(MemberAnswer sample) => (long)(sample.Usage?.PromptTokens ?? 0) + (sample.Usage?.CompletionTokens ?? 0);
}
