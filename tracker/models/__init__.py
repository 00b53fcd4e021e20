"""What is remembered: tables and nothing else. Rules, queries and commits live elsewhere."""

from tracker.models.columns import Points, UTCDateTime
from tracker.models.comments import Comment, CommentAlias, CommentVersion, Post, PostAlias, PostVersion
from tracker.models.coursework import (
    Allocation,
    Assignment,
    AssignmentTermsVersion,
    AuditEntry,
    GradeDecision,
    GradingState,
    Receipt,
    ReceiptCheck,
    RequirementException,
    RequirementVerdict,
)
from tracker.models.feeds import (
    Blog,
    BlogAddress,
    Disposition,
    Feed,
    FeedAddress,
    FeedState,
    Gap,
    Poll,
    Run,
    Subscription,
)
from tracker.models.matching import (
    AcceptSample,
    CommentJoin,
    Linkage,
    LinkageDecision,
    MatchState,
    SampleMark,
)
from tracker.models.people import (
    Course,
    Enrollment,
    EnrollmentEvent,
    Handle,
    HandleDenial,
    Invitation,
    Section,
    SectionStaff,
    SignInFailure,
    User,
)
