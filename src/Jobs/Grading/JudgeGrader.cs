using Orchestrator.Aggregator.Answers;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Grading;

/// <summary>The grader <c>judge</c>: what an expert is asked about an answer, and how its reply is read.</summary>
static class JudgeGrader
{
    public static GenerationRequest Request(string question, string reference, string answer, int maxTokens) => new()
    {
        Messages =
        [
            new ChatTurn("user", $"""
                Does the answer say the same as the reference? The reference is right. Reply with one word, yes or no.

                Question:
                {question}

                Reference:
                {reference}

                Answer:
                {FinalAnswer.Spoken(answer)}
                """),
        ],
        MaxTokens = maxTokens,
        Sampling = new SamplingChanges { Temperature = 0 },
    };

    /// <summary>Only a plain yes or no decides, alone or after <c>Answer:</c>; anything else leaves the answer ungraded.</summary>
    public static Grade Read(string reply) =>
        (PlainText.Final(FinalAnswer.Spoken(reply)) ?? FinalAnswer.Spoken(reply)).Trim().Trim('*', '"', '\'', '`', '.', '!', ' ').ToLowerInvariant() switch
        {
            "yes" => Grade.Of(true),
            "no" => Grade.Of(false),
            _ => Grade.Undecided($"the judge replied neither yes nor no: '{Short(reply)}'"),
        };

    static string Short(string reply) => reply.Length <= 80 ? reply : reply[..80] + "…";
}
