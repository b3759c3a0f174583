using Orchestrator.Jobs.Grading;
using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Jobs.Evaluation;

/// <summary>What must hold before an evaluation begins: an error after hours of work would be late.</summary>
public static class EvalRules
{
    /// <exception cref="EvalException">Something does not; the message names all of it.</exception>
    public static void Check(EvalOptions options, EvalDataset dataset, EvalSubjects subjects)
    {
        string[] problems = [.. Problems(options, dataset, subjects)];
        if (problems.Length > 0)
            throw new EvalException(string.Join('\n', problems));
    }

    static IEnumerable<string> Problems(EvalOptions options, EvalDataset dataset, EvalSubjects subjects)
    {
        string[] policies = [.. subjects.Policies.Select(policy => policy.Name)];
        if (dataset.Questions.Count == 0)
            yield return $"No question of {dataset.Name} is left to evaluate.";
        if (options.Policies.Count == 0)
            yield return $"No policy is named; there are {string.Join(", ", policies)}.";
        foreach (string policy in options.Policies.Where(policy => !policies.Contains(policy, StringComparer.Ordinal)))
            yield return $"No policy is called '{policy}'; there are {string.Join(", ", policies)}.";
        if (subjects.Experts.Count == 0)
            yield return "No expert can answer; 'orchestrator models' says why.";
        if (options.Generalist is { } generalist && !subjects.Experts.Contains(generalist, StringComparer.Ordinal))
            yield return $"The generalist '{generalist}' is no expert that can answer; there are {string.Join(", ", subjects.Experts)}.";
        if (options.Judge is { } judge && !subjects.All.Contains(judge, StringComparer.Ordinal))
            yield return $"The judge '{judge}' is no expert that can be asked; there are {string.Join(", ", subjects.All)}.";
        if (options.Judge is null && dataset.Questions.FirstOrDefault(question => question.Grader == Graders.Judge) is { } judged)
            yield return $"The question '{judged.Id}' has the grader 'judge': name the expert that judges with --judge.";
    }
}
