using System.Text.Json;
using Orchestrator.Client.Connection;
using Orchestrator.Client.Plugin.Parameters;
using Orchestrator.Client.Plugin.Results;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Plugin;

/// <summary><c>evaluate_batch</c>: how good a policy or an expert is on labelled questions.</summary>
sealed class EvaluateBatch(ServiceConnection service, Parameter<string> policy) : PluginFunction(
    "evaluate_batch",
    "Asks a policy or an expert questions whose right answers you know, grades what it says, and returns the score and each result.",
    Questions, policy)
{
    /// <summary>What the service takes.</summary>
    const int MostQuestions = 200;

    const int MostOptions = 26;
    const int MostResults = 50;
    const int LongestAnswer = 300;

    static readonly Parameter<string> Id = new("id", "Your name for the question, found again in its result. Left out: its number.", new TextShape());

    static readonly Parameter<string> Question = new("question", "The question.", new TextShape()) { Required = true };

    static readonly Parameter<string> Reference = new(
        "reference", "The right answer: a number for 'numeric', a letter for 'choice', a pattern for 'regex', else a text.", new TextShape())
    {
        Required = true,
    };

    static readonly Parameter<string> Grader = new(
        "grader",
        """
        How an answer is judged: 'final' compares what follows the last 'Answer:' with the reference, 'exact' and 'normalised' the whole
        answer, 'contains' looks for the reference in it, 'numeric' compares the last number, 'choice' the chosen letter, 'regex' matches.
        """,
        new TextShape("final", "exact", "normalised", "contains", "numeric", "choice", "regex"))
    {
        Default = "final",
    };

    static readonly Parameter<IReadOnlyList<string>> Options = new(
        "options", "For 'choice': the texts of the options that the question shows, that of A first.", new ListShape<string>(new TextShape(), MostOptions));

    static readonly Parameter<IReadOnlyList<LabelledQuestion>> Questions = new(
        "questions", $"Labelled questions, 1 to {MostQuestions}.",
        new ListShape<LabelledQuestion>(new ObjectShape<LabelledQuestion>([Id, Question, Reference, Grader, Options], Read), MostQuestions))
    {
        Required = true,
    };

    static LabelledQuestion Read(Arguments fields) => new(
        fields.Find(Id), fields.Get(Question), fields.Get(Reference), fields.Find(Grader), fields.Find(Options));

    protected override async Task<JsonElement> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var body = new EvaluationBody(arguments.Find(policy)!, arguments.Get(Questions));
        // One that ran out of time would do so again.
        var call = ServiceCall.Of(HttpMethod.Post, "/v1/evaluations", body, ClientJson.Wire.EvaluationBody) with { Once = true };
        var reply = await service.SendAsync(call, ClientJson.Wire.EvaluationReply, cancellationToken).ConfigureAwait(false);
        var shown = Shown(reply.Results);
        var result = new EvaluationResult(
            reply.Model, reply.Score is { } score ? Math.Round(score, 4) : null, reply.Right, reply.Questions, reply.Failed, [.. shown.Select(Graded)])
        {
            Ungraded = reply.Ungraded > 0 ? reply.Ungraded : null,
            LeftOut = Brief.LeftOut(reply.Results.Count, shown.Length, "results; right ones are left out first"),
        };
        return JsonSerializer.SerializeToElement(result, PluginJson.Plain.EvaluationResult);
    }

    /// <summary>Where there are too many, those that are not right are told before the others; in the order of the questions.</summary>
    internal static EvaluatedItem[] Shown(IReadOnlyList<EvaluatedItem> results) =>
        [.. results.Index().OrderBy(item => item.Item.Right is true).Take(MostResults).OrderBy(item => item.Index).Select(item => item.Item)];

    static GradedAnswer Graded(EvaluatedItem item) =>
        new(item.Id, item.Right, item.Expert, Brief.TextOrNull(item.Answer, LongestAnswer), Brief.TextOrNull(item.Error?.Message ?? item.Note, LongestAnswer));
}
