using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Running;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Evaluation.Arms;

/// <summary>
/// The items of an arm. Skills of the questions are not among them: they are labels for the report, and a policy that was
/// told them would be judged on something its users do not give.
/// </summary>
static class ArmItems
{
    /// <summary>Each question once, without chance; never answered by a variant.</summary>
    public static JobItem[] Greedy(IEnumerable<ProfileQuestion> questions, string model, EvalOptions options) =>
        [.. questions.Select(question => Item(question.Id, question, model, options.MaxTokens, temperature: 0))];

    /// <param name="round">Makes the keys, and with them the draws, differ from those of earlier rounds.</param>
    public static JobItem[] Sampled(
        IEnumerable<ProfileQuestion> questions, string expert, EvalOptions options, int samples, int round) =>
    [
        .. questions.Select(question =>
            Item($"{question.Id}#{round}", question, expert, options.MaxTokens, options.Temperature) with { Samples = samples }),
    ];

    static JobItem Item(string key, ProfileQuestion question, string model, int maxTokens, float temperature) => new()
    {
        Key = key,
        Model = model,
        Request = new GenerationRequest
        {
            Messages = [new ChatTurn("user", question.Question)],
            MaxTokens = maxTokens,
            Sampling = new SamplingChanges { Temperature = temperature },
        },
        AllowVariant = false,
    };
}
