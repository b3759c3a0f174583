namespace Orchestrator.Experts.Configuration;

/// <summary>A number of bytes, written as 512MiB, 2GiB or plain bytes.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class ByteSizeAttribute(string minimum, string maximum) : Attribute
{
    public string Minimum { get; } = minimum;

    public string Maximum { get; } = maximum;
}

/// <summary>A time span, written as 500ms, 30s, 10m or 2h.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class DurationAttribute(string minimum, string maximum) : Attribute
{
    public string Minimum { get; } = minimum;

    public string Maximum { get; } = maximum;
}

/// <summary>A path, taken relative to the folder of the configuration file.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class FilePathAttribute : Attribute;

/// <summary>What a section means that is written as a single value.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class ShorthandAttribute : Attribute;

/// <summary>Set by the reader, not by the user.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class NotInFileAttribute : Attribute;
