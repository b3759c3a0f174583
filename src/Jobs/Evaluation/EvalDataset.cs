using System.Security.Cryptography;
using System.Text.Json;
using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Jobs.Evaluation;

/// <summary>Questions to be evaluated on.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Hash">Of everything that decides a score; results of equal hashes can be compared question by question.</param>
public sealed record EvalDataset(string Name, IReadOnlyList<ProfileQuestion> Questions, string Hash)
{
    public static EvalDataset Of(string name, IReadOnlyList<ProfileQuestion> questions) => new(name, questions, HashOf(questions));

    static string HashOf(IReadOnlyList<ProfileQuestion> questions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ProfileQuestion question in questions)
        {
            // As JSON, because no text can imitate the border between two fields.
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes<string[]>(
                [question.Id, question.Question, question.Reference, question.Grader, .. question.Options, "", .. question.Skills]));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
