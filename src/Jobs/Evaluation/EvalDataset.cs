using System.Security.Cryptography;
using System.Text.Json;
using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Jobs.Evaluation;

/// <summary>Questions to be evaluated on.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Hash">
/// Of everything that decides a score; results of equal hashes can be compared question by question. Skills are labels and
/// decide none.
/// </param>
public sealed record EvalDataset(string Name, IReadOnlyList<ProfileQuestion> Questions, string Hash)
{
    public static EvalDataset Of(string name, IReadOnlyList<ProfileQuestion> questions) => new(name, questions, HashOf(questions));

    /// <summary>As many of the questions, spread by a hash of their ids and in their order; all where there are fewer.</summary>
    public EvalDataset Limit(int count)
    {
        HashSet<string> kept = [.. Questions.Select(question => question.Id).OrderBy(ArmNames.Digest, StringComparer.Ordinal).Take(count)];
        return Of(Name, [.. Questions.Where(question => kept.Contains(question.Id))]);
    }

    public EvalDataset Without(IReadOnlyCollection<string> ids) =>
        Of(Name, [.. Questions.Where(question => !ids.Contains(question.Id, StringComparer.Ordinal))]);

    static string HashOf(IReadOnlyList<ProfileQuestion> questions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ProfileQuestion question in questions)
        {
            // As JSON, because no text can imitate the border between two fields.
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes<string[]>(
                [question.Id, question.Question, question.Reference, question.Grader, .. question.Options]));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
