using System.Globalization;
using System.Text;
using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator.Tests;

/// <summary>Panels in short form: <c>"a 0.5 Answer: 7"</c> is a member, its weight and what it said.</summary>
static class Panels
{
    public static PanelAnswers Of(params string[] members) => Asked("What is 3 + 4?", members);

    public static PanelAnswers Asked(string question, params string[] members) =>
        new(new GenerationRequest { Messages = [new ChatTurn("user", question)] }, [.. members.Select(Member)]);

    public static WeighedAnswer Failed(string expert, ExpertFailure failure)
    {
        var problem = new ExpertException(failure, expert, $"{expert} broke") { RetryAfter = TimeSpan.FromSeconds(3) };
        return new WeighedAnswer(new PanelAnswer(expert, "half an ans", null, null, problem), 1);
    }

    public static async Task<(string Text, GenerationChunk Last)> ReadAsync(MergedAnswer merged)
    {
        var text = new StringBuilder();
        GenerationChunk last = default;
        await foreach (GenerationChunk chunk in merged.Chunks)
        {
            text.Append(chunk.Text);
            last = chunk;
        }
        return (text.ToString(), last);
    }

    static WeighedAnswer Member(string written)
    {
        string[] parts = written.Split(' ', 3);
        return new WeighedAnswer(
            new PanelAnswer(parts[0], parts[2], new TokenUsage(1, 2), FinishReason.Length, null),
            double.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
