using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Tools.Hermes;

namespace Orchestrator.Host.Tools;

/// <summary>Every format that an expert's <c>tools</c> may name.</summary>
static class ToolFormats
{
    /// <returns>Null for experts that call no tools.</returns>
    public static CallFormat? Of(ToolFormat format) => format switch
    {
        ToolFormat.Hermes => HermesFormat.Format,
        _ => null,
    };
}
