using System.Text.RegularExpressions;
using Orchestrator.Aggregator.Answers;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Grading;

/// <summary>The grader <c>judge</c>: what an expert is asked about an answer, and how its reply is read.</summary>
static partial class JudgeGrader
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

    /// <summary>
    /// Only a plain yes or no decides, alone or after <c>Answer:</c>, or as the first word before a punctuation mark where the
    /// other word does not follow; anything else leaves the answer ungraded.
    /// </summary>
    public static Grade Read(string reply)
    {
        string spoken = FinalAnswer.Spoken(reply);
        string said = (PlainText.Final(spoken) ?? spoken).Replace("*", "", StringComparison.Ordinal).Trim().Trim('"', '\'', '`', ' ');
        string first = Verdict().Match(said).Groups["word"].Value.ToLowerInvariant();
        bool both = Word().Matches(said).Select(word => word.Value.ToLowerInvariant()).Distinct().Skip(1).Any();
        return first.Length > 0 && !both
            ? Grade.Of(first == "yes")
            : Grade.Undecided($"the judge replied neither yes nor no: '{Short(reply)}'");
    }

    [GeneratedRegex(
        @"^(?<word>yes|no)(?=[""'`]?([.,;:!]|\s+[-–—]\s|\s*$))",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Verdict();

    [GeneratedRegex(@"\b(yes|no)\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    static string Short(string reply) => reply.Length <= 80 ? reply : reply[..80] + "…";
}
