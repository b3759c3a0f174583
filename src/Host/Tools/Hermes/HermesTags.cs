namespace Orchestrator.Host.Tools.Hermes;

/// <summary>Single tokens of the models' vocabularies, which llama.cpp finds in plain text too.</summary>
static class HermesTags
{
    public const string Open = "<tool_call>";
    public const string Close = "</tool_call>";
}
