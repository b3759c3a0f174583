using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Store;

/// <summary>How many generations a job took, and their tokens.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct CallTally(long Calls, long PromptTokens, long CompletionTokens)
{
    public static CallTally Read(SqliteDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));

    public static CallTally operator -(CallTally now, CallTally before) =>
        new(now.Calls - before.Calls, now.PromptTokens - before.PromptTokens, now.CompletionTokens - before.CompletionTokens);

    public static CallTally operator +(CallTally one, CallTally other) =>
        new(one.Calls + other.Calls, one.PromptTokens + other.PromptTokens, one.CompletionTokens + other.CompletionTokens);

    public TokenUsage Usage => new((int)Math.Min(int.MaxValue, PromptTokens), (int)Math.Min(int.MaxValue, CompletionTokens));
}
