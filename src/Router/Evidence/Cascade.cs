using System.Globalization;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Evidence;

/// <summary>
/// Asks the best ranked expert, looks at its answer's own probabilities, and asks the next only while no answer is
/// believed enough. Pure: what was heard comes in, whom to ask next or to believe comes out.
/// </summary>
/// <param name="threshold">Belief, 0…1, at which nobody else is asked.</param>
public sealed class Cascade(EvidenceModel model, double threshold)
{
    public double Threshold => threshold;

    /// <param name="ranked">The ranking by text, best first.</param>
    /// <param name="heard">Who was asked so far, in that order; those that failed too.</param>
    /// <param name="most">Experts asked at most.</param>
    public CascadeStep Next(IReadOnlyList<RankedExpert> ranked, IReadOnlyList<ExpertEvidence> heard, int most)
    {
        Believed[] answers = [.. heard.Where(expert => expert.Answer is not null).Select(expert => Judge(ranked, expert))];
        Believed? best = answers.MaxBy(answer => answer.Belief);
        if (best is { } enough && enough.Belief >= threshold)
            return new CascadeStep(enough.Expert, Done: true, enough.Belief, [Enough(enough, answers)]);
        RankedExpert? next = heard.Count < most
            ? ranked.FirstOrDefault(expert => heard.All(asked => asked.Expert != expert.Expert))
            : null;
        if (next is not null)
            return new CascadeStep(next.Expert, Done: false, best?.Belief ?? next.Score, best is null ? [] : [Doubt(best, next)]);
        return best is null
            ? new CascadeStep(null, Done: true, 0, ["No expert that was asked gave an answer."])
            : new CascadeStep(best.Expert, Done: true, best.Belief, [Best(best, answers)]);
    }

    Believed Judge(IReadOnlyList<RankedExpert> ranked, ExpertEvidence heard)
    {
        double text = ranked.FirstOrDefault(expert => expert.Expert == heard.Expert)?.Score ?? 0;
        return new Believed(heard.Expert, text, heard.Answer!.Value, model.Believe(Math.Clamp(text, 0, 1), heard.Answer.Value));
    }

    static string Enough(Believed best, Believed[] answers) => Text(
        $"{best.Expert}'s answer is believed to {best.Belief:0.00}: its least likely token had {best.Answer.Least:0.00} nats{Others(best, answers)}.");

    string Doubt(Believed best, RankedExpert next) => Text(
        $"{best.Expert}'s answer is believed to {best.Belief:0.00} only (least likely token {best.Answer.Least:0.00} nats, needed {threshold:0.00}), so {next.Expert} is asked too.");

    string Best(Believed best, Believed[] answers) => Text(
        $"No answer reached {threshold:0.00}; {best.Expert}'s is believed most, {best.Belief:0.00}{Others(best, answers)}.");

    static string Others(Believed best, Believed[] answers) => string.Concat(answers.Where(answer => answer != best)
        .Select(answer => Text($", against {answer.Belief:0.00} of {answer.Expert} ({answer.Answer.Least:0.00} nats)")));

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    sealed record Believed(string Expert, double Text, AnswerEvidence Answer, double Belief);
}

/// <summary>What to do after what was heard.</summary>
/// <param name="Expert">To ask, or at the end whose answer is believed; null when nobody answered.</param>
/// <param name="Belief">Of the answer at the end: the probability that it is right.</param>
/// <param name="Reasons">Sentences.</param>
public sealed record CascadeStep(string? Expert, bool Done, double Belief, IReadOnlyList<string> Reasons);
