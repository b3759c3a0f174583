using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Jobs.Evaluation.Arms;

/// <summary>
/// Names the jobs of an evaluation. The same evaluation finds its own jobs again after an interruption; one of other
/// questions, settings or experts never takes over their answers.
/// </summary>
/// <param name="dataset">Hash of the questions.</param>
/// <param name="fingerprint">Of the configuration, the profile and the model files.</param>
sealed class ArmNames(string dataset, string fingerprint, EvalOptions options)
{
    const int Letters = 16;

    readonly List<string> _given = [];

    /// <summary>Those named so far.</summary>
    public IReadOnlyList<string> Given => _given;

    public string Of(string arm, string detail = "")
    {
        string identity = string.Join(
            '\n', dataset, fingerprint, $"{options.MaxTokens}", $"{options.Temperature:R}", arm, detail);
        string job = $"eval-{Digest(identity)}-{arm}";
        _given.Add(job);
        return job;
    }

    public static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Letters];
}
