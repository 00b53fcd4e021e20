"""The first tables: people, blogs, comments, coursework.

Revises: nothing.
"""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_22_first_tables'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('blogs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('platform', sa.String(length=12), nullable=False),
    sa.Column('platform_blog_id', sa.String(length=80), nullable=True),
    sa.Column('home_url', sa.String(length=2000), nullable=False),
    sa.Column('title', sa.String(length=500), nullable=False),
    sa.Column('owner_names', sa.JSON(), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['merged_into_id'], ['blogs.id'], name=op.f('fk_blogs_merged_into_id_blogs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_blogs'))
    )
    op.create_table('courses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('time_zone', sa.String(length=60), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('staff_names', sa.JSON(), nullable=False),
    sa.Column('course_blog', sa.String(length=500), nullable=False),
    sa.Column('nightly_at', sa.String(length=5), nullable=False),
    sa.Column('term_start', sa.Date(), nullable=True),
    sa.Column('term_end', sa.Date(), nullable=True),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settings', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_courses')),
    sa.UniqueConstraint('key', name=op.f('uq_courses_key'))
    )
    op.create_table('runs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('trigger', sa.String(length=12), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_runs'))
    )
    with op.batch_alter_table('runs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_runs_started_at'), ['started_at'], unique=False)

    op.create_table('sign_in_failures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_failures'))
    )
    with op.batch_alter_table('sign_in_failures', schema=None) as batch_op:
        batch_op.create_index('ix_sign_in_failures_subject_at', ['subject', 'at'], unique=False)

    op.create_table('users',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('sign_in_name', sa.String(length=80), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('password_hash', sa.String(length=255), nullable=True),
    sa.Column('is_admin', sa.Boolean(), nullable=False),
    sa.Column('is_disabled', sa.Boolean(), nullable=False),
    sa.Column('session_version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('email', name=op.f('uq_users_email')),
    sa.UniqueConstraint('sign_in_name', name=op.f('uq_users_sign_in_name'))
    )
    op.create_table('assignments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('current_version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['courses.id'], name=op.f('fk_assignments_course_id_courses')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignments')),
    sa.UniqueConstraint('course_id', 'key', name=op.f('uq_assignments_course_id_key'))
    )
    op.create_table('audit_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('actor_user_id', sa.Integer(), nullable=True),
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('subject_type', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['actor_user_id'], ['users.id'], name=op.f('fk_audit_entries_actor_user_id_users')),
    sa.ForeignKeyConstraint(['course_id'], ['courses.id'], name=op.f('fk_audit_entries_course_id_courses')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entries'))
    )
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entries_course_id'), ['course_id'], unique=False)
        batch_op.create_index('ix_audit_entries_subject_type_subject_id', ['subject_type', 'subject_id'], unique=False)

    op.create_table('blog_addresses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('blog_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=500), nullable=False),
    sa.Column('valid_from', sa.DateTime(timezone=True), nullable=True),
    sa.Column('valid_to', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['blog_id'], ['blogs.id'], name=op.f('fk_blog_addresses_blog_id_blogs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_blog_addresses')),
    sa.UniqueConstraint('blog_id', 'key', name=op.f('uq_blog_addresses_blog_id_key'))
    )
    with op.batch_alter_table('blog_addresses', schema=None) as batch_op:
        batch_op.create_index('ix_blog_addresses_key', ['key'], unique=False)

    op.create_table('posts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('blog_id', sa.Integer(), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('labels', sa.JSON(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('comments_total', sa.Integer(), nullable=True),
    sa.Column('is_stub', sa.Boolean(), nullable=False),
    sa.Column('first_seen_poll_id', sa.Integer(), nullable=True),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('identity', sa.String(length=600), nullable=False),
    sa.Column('native_number', sa.String(length=80), nullable=True),
    sa.Column('author', sa.String(length=200), nullable=False),
    sa.Column('author_url', sa.Text(), nullable=False),
    sa.Column('account', sa.String(length=500), nullable=False),
    sa.Column('title', sa.String(length=500), nullable=False),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('posted_raw', sa.String(length=200), nullable=False),
    sa.Column('posted_basis', sa.String(length=12), nullable=False),
    sa.Column('first_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_look_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('gone_since', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['blog_id'], ['blogs.id'], name=op.f('fk_posts_blog_id_blogs')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['posts.id'], name=op.f('fk_posts_merged_into_id_posts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_posts')),
    sa.UniqueConstraint('blog_id', 'identity', name=op.f('uq_posts_blog_id_identity'))
    )
    with op.batch_alter_table('posts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_posts_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_posts_posted_at'), ['posted_at'], unique=False)

    op.create_table('sections',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['courses.id'], name=op.f('fk_sections_course_id_courses')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sections')),
    sa.UniqueConstraint('course_id', 'name', name=op.f('uq_sections_course_id_name'))
    )
    op.create_table('subscriptions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('blog_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role IN ('followed', 'class-blog')", name=op.f('ck_subscriptions_role')),
    sa.ForeignKeyConstraint(['blog_id'], ['blogs.id'], name=op.f('fk_subscriptions_blog_id_blogs')),
    sa.ForeignKeyConstraint(['course_id'], ['courses.id'], name=op.f('fk_subscriptions_course_id_courses')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subscriptions')),
    sa.UniqueConstraint('course_id', 'blog_id', 'role', name=op.f('uq_subscriptions_course_id_blog_id_role'))
    )
    with op.batch_alter_table('subscriptions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_subscriptions_blog_id'), ['blog_id'], unique=False)

    op.create_table('assignment_terms',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.Column('by_user_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_assignment_terms_assignment_id_assignments')),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_assignment_terms_by_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment_terms')),
    sa.UniqueConstraint('assignment_id', 'version', name=op.f('uq_assignment_terms_assignment_id_version'))
    )
    op.create_table('enrollments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('external_id', sa.String(length=80), nullable=True),
    sa.Column('given_name', sa.String(length=200), nullable=False),
    sa.Column('family_name', sa.String(length=200), nullable=False),
    sa.Column('preferred_name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('section_id', sa.Integer(), nullable=True),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("role IN ('student', 'assistant', 'instructor')", name=op.f('ck_enrollments_role')),
    sa.ForeignKeyConstraint(['course_id'], ['courses.id'], name=op.f('fk_enrollments_course_id_courses')),
    sa.ForeignKeyConstraint(['section_id'], ['sections.id'], name=op.f('fk_enrollments_section_id_sections')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_enrollments_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrollments')),
    sa.UniqueConstraint('course_id', 'external_id', name=op.f('uq_enrollments_course_id_external_id')),
    sa.UniqueConstraint('course_id', 'user_id', name=op.f('uq_enrollments_course_id_user_id'))
    )
    with op.batch_alter_table('enrollments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrollments_section_id'), ['section_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrollments_user_id'), ['user_id'], unique=False)

    op.create_table('feeds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('blog_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=14), nullable=False),
    sa.Column('url', sa.String(length=2000), nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('comments', 'post-comments', 'posts', 'rest', 'page')", name=op.f('ck_feeds_kind')),
    sa.ForeignKeyConstraint(['blog_id'], ['blogs.id'], name=op.f('fk_feeds_blog_id_blogs')),
    sa.ForeignKeyConstraint(['post_id'], ['posts.id'], name=op.f('fk_feeds_post_id_posts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feeds')),
    sa.UniqueConstraint('url', name=op.f('uq_feeds_url'))
    )
    with op.batch_alter_table('feeds', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feeds_blog_id'), ['blog_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_feeds_post_id'), ['post_id'], unique=False)

    op.create_table('post_aliases',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('blog_id', sa.Integer(), nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('key', sa.String(length=600), nullable=False),
    sa.ForeignKeyConstraint(['blog_id'], ['blogs.id'], name=op.f('fk_post_aliases_blog_id_blogs')),
    sa.ForeignKeyConstraint(['post_id'], ['posts.id'], name=op.f('fk_post_aliases_post_id_posts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_post_aliases')),
    sa.UniqueConstraint('blog_id', 'kind', 'key', name=op.f('uq_post_aliases_blog_id_kind_key'))
    )
    with op.batch_alter_table('post_aliases', schema=None) as batch_op:
        batch_op.create_index('ix_post_aliases_key', ['key'], unique=False)
        batch_op.create_index(batch_op.f('ix_post_aliases_post_id'), ['post_id'], unique=False)

    op.create_table('allocations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('blog_id', sa.Integer(), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.Column('keeps_credit', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_allocations_assignment_id_assignments')),
    sa.ForeignKeyConstraint(['blog_id'], ['blogs.id'], name=op.f('fk_allocations_blog_id_blogs')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_allocations_enrollment_id_enrollments')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['allocations.id'], name=op.f('fk_allocations_replaced_by_id_allocations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_allocations')),
    sa.UniqueConstraint('assignment_id', 'enrollment_id', 'blog_id', name=op.f('uq_allocations_assignment_id_enrollment_id_blog_id'))
    )
    with op.batch_alter_table('allocations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_allocations_blog_id'), ['blog_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_allocations_enrollment_id'), ['enrollment_id'], unique=False)

    op.create_table('enrollment_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_user_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("kind IN ('added', 'dropped', 'readded', 'incomplete')", name=op.f('ck_enrollment_events_kind')),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_enrollment_events_by_user_id_users')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_enrollment_events_enrollment_id_enrollments')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrollment_events'))
    )
    with op.batch_alter_table('enrollment_events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrollment_events_enrollment_id'), ['enrollment_id'], unique=False)

    op.create_table('exceptions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('requirement', sa.String(length=40), nullable=True),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('by_user_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('extension', 'excuse', 'incomplete')", name=op.f('ck_exceptions_kind')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_exceptions_assignment_id_assignments')),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_exceptions_by_user_id_users')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_exceptions_enrollment_id_enrollments')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exceptions'))
    )
    with op.batch_alter_table('exceptions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exceptions_assignment_id'), ['assignment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exceptions_enrollment_id'), ['enrollment_id'], unique=False)

    op.create_table('feed_addresses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feed_id', sa.Integer(), nullable=False),
    sa.Column('url', sa.String(length=2000), nullable=False),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['feed_id'], ['feeds.id'], name=op.f('fk_feed_addresses_feed_id_feeds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed_addresses'))
    )
    with op.batch_alter_table('feed_addresses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feed_addresses_feed_id'), ['feed_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_feed_addresses_url'), ['url'], unique=False)

    op.create_table('feed_state',
    sa.Column('feed_id', sa.Integer(), nullable=False),
    sa.Column('etag', sa.Text(), nullable=False),
    sa.Column('last_modified', sa.Text(), nullable=False),
    sa.Column('body_hash', sa.String(length=64), nullable=False),
    sa.Column('next_poll_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('failing_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('moved_to', sa.String(length=2000), nullable=False),
    sa.Column('lease_run_id', sa.Integer(), nullable=True),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['feed_id'], ['feeds.id'], name=op.f('fk_feed_state_feed_id_feeds')),
    sa.ForeignKeyConstraint(['lease_run_id'], ['runs.id'], name=op.f('fk_feed_state_lease_run_id_runs')),
    sa.PrimaryKeyConstraint('feed_id', name=op.f('pk_feed_state'))
    )
    with op.batch_alter_table('feed_state', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feed_state_next_poll_at'), ['next_poll_at'], unique=False)

    op.create_table('gaps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feed_id', sa.Integer(), nullable=False),
    sa.Column('after_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('before_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expected', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['feed_id'], ['feeds.id'], name=op.f('fk_gaps_feed_id_feeds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gaps'))
    )
    with op.batch_alter_table('gaps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gaps_feed_id'), ['feed_id'], unique=False)

    op.create_table('grade_decisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('value', sa.Integer(), nullable=True),
    sa.Column('satisfactory', sa.Boolean(), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('by_user_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undoes_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("kind IN ('accept', 'override', 'release', 'note', 'undo')", name=op.f('ck_grade_decisions_kind')),
    sa.CheckConstraint('value IS NULL OR value >= 0', name=op.f('ck_grade_decisions_value_not_negative')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_grade_decisions_assignment_id_assignments')),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_grade_decisions_by_user_id_users')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_grade_decisions_enrollment_id_enrollments')),
    sa.ForeignKeyConstraint(['undoes_id'], ['grade_decisions.id'], name=op.f('fk_grade_decisions_undoes_id_grade_decisions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grade_decisions')),
    sa.UniqueConstraint('undoes_id', name=op.f('uq_grade_decisions_undoes_id'))
    )
    with op.batch_alter_table('grade_decisions', schema=None) as batch_op:
        batch_op.create_index('ix_grade_decisions_assignment_id_enrollment_id', ['assignment_id', 'enrollment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_grade_decisions_enrollment_id'), ['enrollment_id'], unique=False)

    op.create_table('invitations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.String(length=12), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.String(length=12), nullable=True),
    sa.Column('enrollment_id', sa.Integer(), nullable=True),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['course_id'], ['courses.id'], name=op.f('fk_invitations_course_id_courses')),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_invitations_created_by_id_users')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_invitations_enrollment_id_enrollments')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_invitations_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitations_token_hash'))
    )
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitations_course_id'), ['course_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitations_enrollment_id'), ['enrollment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitations_user_id'), ['user_id'], unique=False)

    op.create_table('polls',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('feed_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('outcome', sa.String(length=14), nullable=False),
    sa.Column('http_status', sa.Integer(), nullable=True),
    sa.Column('error_class', sa.String(length=14), nullable=True),
    sa.Column('error', sa.String(length=500), nullable=False),
    sa.Column('seconds', sa.Double(), nullable=False),
    sa.Column('entries', sa.Integer(), nullable=False),
    sa.Column('known', sa.Integer(), nullable=False),
    sa.Column('stored', sa.Integer(), nullable=False),
    sa.Column('new', sa.Integer(), nullable=False),
    sa.Column('edited', sa.Integer(), nullable=False),
    sa.Column('conditional', sa.Boolean(), nullable=False),
    sa.Column('window_full', sa.Boolean(), nullable=False),
    sa.Column('gap', sa.Boolean(), nullable=False),
    sa.Column('fault', sa.String(length=500), nullable=False),
    sa.Column('moved_to', sa.String(length=2000), nullable=False),
    sa.ForeignKeyConstraint(['feed_id'], ['feeds.id'], name=op.f('fk_polls_feed_id_feeds')),
    sa.ForeignKeyConstraint(['run_id'], ['runs.id'], name=op.f('fk_polls_run_id_runs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_polls'))
    )
    with op.batch_alter_table('polls', schema=None) as batch_op:
        batch_op.create_index('ix_polls_feed_id_at', ['feed_id', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_polls_run_id'), ['run_id'], unique=False)

    op.create_table('section_staff',
    sa.Column('section_id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_section_staff_enrollment_id_enrollments')),
    sa.ForeignKeyConstraint(['section_id'], ['sections.id'], name=op.f('fk_section_staff_section_id_sections')),
    sa.PrimaryKeyConstraint('section_id', 'enrollment_id', name=op.f('pk_section_staff'))
    )
    with op.batch_alter_table('section_staff', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_section_staff_enrollment_id'), ['enrollment_id'], unique=False)

    op.create_table('comments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('blog_id', sa.Integer(), nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('permalink', sa.Text(), nullable=False),
    sa.Column('guid', sa.String(length=500), nullable=False),
    sa.Column('avatar_key', sa.String(length=64), nullable=False),
    sa.Column('by_owner', sa.Boolean(), nullable=False),
    sa.Column('source', sa.String(length=8), nullable=False),
    sa.Column('first_seen_poll_id', sa.Integer(), nullable=True),
    sa.Column('current_version', sa.Integer(), nullable=False),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('identity', sa.String(length=600), nullable=False),
    sa.Column('native_number', sa.String(length=80), nullable=True),
    sa.Column('author', sa.String(length=200), nullable=False),
    sa.Column('author_url', sa.Text(), nullable=False),
    sa.Column('account', sa.String(length=500), nullable=False),
    sa.Column('title', sa.String(length=500), nullable=False),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('posted_raw', sa.String(length=200), nullable=False),
    sa.Column('posted_basis', sa.String(length=12), nullable=False),
    sa.Column('first_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_look_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('gone_since', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('comment', 'pingback', 'tombstone')", name=op.f('ck_comments_kind')),
    sa.ForeignKeyConstraint(['blog_id'], ['blogs.id'], name=op.f('fk_comments_blog_id_blogs')),
    sa.ForeignKeyConstraint(['first_seen_poll_id'], ['polls.id'], name=op.f('fk_comments_first_seen_poll_id_polls')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['comments.id'], name=op.f('fk_comments_merged_into_id_comments')),
    sa.ForeignKeyConstraint(['post_id'], ['posts.id'], name=op.f('fk_comments_post_id_posts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comments')),
    sa.UniqueConstraint('blog_id', 'identity', name=op.f('uq_comments_blog_id_identity'))
    )
    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comments_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comments_post_id'), ['post_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comments_posted_at'), ['posted_at'], unique=False)

    op.create_table('comment_aliases',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('blog_id', sa.Integer(), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('key', sa.String(length=600), nullable=False),
    sa.Column('ambiguous', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['blog_id'], ['blogs.id'], name=op.f('fk_comment_aliases_blog_id_blogs')),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_comment_aliases_comment_id_comments')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment_aliases')),
    sa.UniqueConstraint('comment_id', 'kind', 'key', name=op.f('uq_comment_aliases_comment_id_kind_key'))
    )
    with op.batch_alter_table('comment_aliases', schema=None) as batch_op:
        batch_op.create_index('ix_comment_aliases_blog_id_kind_key', ['blog_id', 'kind', 'key'], unique=False)

    op.create_table('comment_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=8), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('is_cut', sa.Boolean(), nullable=False),
    sa.Column('raw', sa.JSON(), nullable=True),
    sa.Column('purged_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_comment_versions_comment_id_comments')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment_versions')),
    sa.UniqueConstraint('comment_id', 'n', name=op.f('uq_comment_versions_comment_id_n'))
    )
    op.create_table('dispositions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('poll_id', sa.Integer(), nullable=False),
    sa.Column('feed_id', sa.Integer(), nullable=False),
    sa.Column('entry_key', sa.String(length=600), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=14), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_dispositions_comment_id_comments')),
    sa.ForeignKeyConstraint(['feed_id'], ['feeds.id'], name=op.f('fk_dispositions_feed_id_feeds')),
    sa.ForeignKeyConstraint(['poll_id'], ['polls.id'], name=op.f('fk_dispositions_poll_id_polls')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispositions'))
    )
    with op.batch_alter_table('dispositions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dispositions_comment_id'), ['comment_id'], unique=False)
        batch_op.create_index('ix_dispositions_feed_id_entry_key', ['feed_id', 'entry_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_dispositions_poll_id'), ['poll_id'], unique=False)

    op.create_table('linkage_decisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=True),
    sa.Column('handle_kind', sa.String(length=12), nullable=True),
    sa.Column('handle_key', sa.String(length=500), nullable=True),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=True),
    sa.Column('by_user_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taught', sa.JSON(), nullable=False),
    sa.Column('undoes_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_user_id'], ['users.id'], name=op.f('fk_linkage_decisions_by_user_id_users')),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_linkage_decisions_comment_id_comments')),
    sa.ForeignKeyConstraint(['course_id'], ['courses.id'], name=op.f('fk_linkage_decisions_course_id_courses')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_linkage_decisions_enrollment_id_enrollments')),
    sa.ForeignKeyConstraint(['undoes_id'], ['linkage_decisions.id'], name=op.f('fk_linkage_decisions_undoes_id_linkage_decisions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_linkage_decisions')),
    sa.UniqueConstraint('undoes_id', name=op.f('uq_linkage_decisions_undoes_id'))
    )
    with op.batch_alter_table('linkage_decisions', schema=None) as batch_op:
        batch_op.create_index('ix_linkage_decisions_course_id_comment_id', ['course_id', 'comment_id'], unique=False)

    op.create_table('receipts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=True),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('blog_id', sa.Integer(), nullable=True),
    sa.Column('post_id', sa.Integer(), nullable=True),
    sa.Column('post_key', sa.String(length=600), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_receipts_assignment_id_assignments')),
    sa.ForeignKeyConstraint(['blog_id'], ['blogs.id'], name=op.f('fk_receipts_blog_id_blogs')),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_receipts_comment_id_comments')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_receipts_enrollment_id_enrollments')),
    sa.ForeignKeyConstraint(['post_id'], ['posts.id'], name=op.f('fk_receipts_post_id_posts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receipts'))
    )
    with op.batch_alter_table('receipts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_receipts_enrollment_id'), ['enrollment_id'], unique=False)

    op.create_table('verdicts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('requirement', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.String(length=60), nullable=False),
    sa.Column('says', sa.Text(), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.Column('clock', sa.Text(), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=True),
    sa.Column('post_id', sa.Integer(), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('terms_version', sa.Integer(), nullable=False),
    sa.Column('rules_version', sa.String(length=40), nullable=False),
    sa.Column('as_of', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_verdicts_assignment_id_assignments')),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_verdicts_comment_id_comments')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_verdicts_enrollment_id_enrollments')),
    sa.ForeignKeyConstraint(['post_id'], ['posts.id'], name=op.f('fk_verdicts_post_id_posts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_verdicts')),
    sa.UniqueConstraint('assignment_id', 'enrollment_id', 'requirement', name=op.f('uq_verdicts_assignment_id_enrollment_id_requirement'))
    )
    with op.batch_alter_table('verdicts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_verdicts_enrollment_id'), ['enrollment_id'], unique=False)

    op.create_table('handle_denials',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('key', sa.String(length=500), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=True),
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['courses.id'], name=op.f('fk_handle_denials_course_id_courses')),
    sa.ForeignKeyConstraint(['decision_id'], ['linkage_decisions.id'], name=op.f('fk_handle_denials_decision_id_linkage_decisions')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_handle_denials_enrollment_id_enrollments')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handle_denials'))
    )
    with op.batch_alter_table('handle_denials', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handle_denials_course_id'), ['course_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_handle_denials_decision_id'), ['decision_id'], unique=False)

    op.create_table('handles',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('key', sa.String(length=500), nullable=False),
    sa.Column('shown', sa.String(length=500), nullable=False),
    sa.Column('origin', sa.String(length=12), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('valid_from', sa.DateTime(timezone=True), nullable=True),
    sa.Column('valid_to', sa.DateTime(timezone=True), nullable=True),
    sa.Column('blog_id', sa.Integer(), nullable=True),
    sa.Column('taught_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['blog_id'], ['blogs.id'], name=op.f('fk_handles_blog_id_blogs')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_handles_enrollment_id_enrollments')),
    sa.ForeignKeyConstraint(['taught_by_id'], ['linkage_decisions.id'], name=op.f('fk_handles_taught_by_id_linkage_decisions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handles'))
    )
    with op.batch_alter_table('handles', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handles_enrollment_id'), ['enrollment_id'], unique=False)
        batch_op.create_index('ix_handles_kind_key', ['kind', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_handles_taught_by_id'), ['taught_by_id'], unique=False)

    op.create_table('linkages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=True),
    sa.Column('verdict', sa.String(length=8), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('candidates', sa.JSON(), nullable=False),
    sa.Column('rules_version', sa.String(length=40), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("verdict IN ('accept', 'review', 'ignore')", name=op.f('ck_linkages_verdict')),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_linkages_comment_id_comments')),
    sa.ForeignKeyConstraint(['course_id'], ['courses.id'], name=op.f('fk_linkages_course_id_courses')),
    sa.ForeignKeyConstraint(['decision_id'], ['linkage_decisions.id'], name=op.f('fk_linkages_decision_id_linkage_decisions')),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_linkages_enrollment_id_enrollments')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_linkages')),
    sa.UniqueConstraint('course_id', 'comment_id', name=op.f('uq_linkages_course_id_comment_id'))
    )
    with op.batch_alter_table('linkages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_linkages_comment_id'), ['comment_id'], unique=False)
        batch_op.create_index('ix_linkages_course_id_verdict', ['course_id', 'verdict'], unique=False)
        batch_op.create_index(batch_op.f('ix_linkages_enrollment_id'), ['enrollment_id'], unique=False)

    # posts, polls and feeds refer to each other in a ring; the ring is closed last.
    with op.batch_alter_table('posts') as batch:
        batch.create_foreign_key(
            'fk_posts_first_seen_poll_id_polls', 'polls', ['first_seen_poll_id'], ['id']
        )


def downgrade() -> None:
    with op.batch_alter_table('posts') as batch:
        batch.drop_constraint('fk_posts_first_seen_poll_id_polls', type_='foreignkey')
    with op.batch_alter_table('linkages', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_linkages_enrollment_id'))
        batch_op.drop_index('ix_linkages_course_id_verdict')
        batch_op.drop_index(batch_op.f('ix_linkages_comment_id'))

    op.drop_table('linkages')
    with op.batch_alter_table('handles', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_handles_taught_by_id'))
        batch_op.drop_index('ix_handles_kind_key')
        batch_op.drop_index(batch_op.f('ix_handles_enrollment_id'))

    op.drop_table('handles')
    with op.batch_alter_table('handle_denials', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_handle_denials_decision_id'))
        batch_op.drop_index(batch_op.f('ix_handle_denials_course_id'))

    op.drop_table('handle_denials')
    with op.batch_alter_table('verdicts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_verdicts_enrollment_id'))

    op.drop_table('verdicts')
    with op.batch_alter_table('receipts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_receipts_enrollment_id'))

    op.drop_table('receipts')
    with op.batch_alter_table('linkage_decisions', schema=None) as batch_op:
        batch_op.drop_index('ix_linkage_decisions_course_id_comment_id')

    op.drop_table('linkage_decisions')
    with op.batch_alter_table('dispositions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_dispositions_poll_id'))
        batch_op.drop_index('ix_dispositions_feed_id_entry_key')
        batch_op.drop_index(batch_op.f('ix_dispositions_comment_id'))

    op.drop_table('dispositions')
    op.drop_table('comment_versions')
    with op.batch_alter_table('comment_aliases', schema=None) as batch_op:
        batch_op.drop_index('ix_comment_aliases_blog_id_kind_key')

    op.drop_table('comment_aliases')
    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_comments_posted_at'))
        batch_op.drop_index(batch_op.f('ix_comments_post_id'))
        batch_op.drop_index(batch_op.f('ix_comments_merged_into_id'))

    op.drop_table('comments')
    with op.batch_alter_table('section_staff', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_section_staff_enrollment_id'))

    op.drop_table('section_staff')
    with op.batch_alter_table('polls', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_polls_run_id'))
        batch_op.drop_index('ix_polls_feed_id_at')

    op.drop_table('polls')
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitations_user_id'))
        batch_op.drop_index(batch_op.f('ix_invitations_enrollment_id'))
        batch_op.drop_index(batch_op.f('ix_invitations_course_id'))

    op.drop_table('invitations')
    with op.batch_alter_table('grade_decisions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_grade_decisions_enrollment_id'))
        batch_op.drop_index('ix_grade_decisions_assignment_id_enrollment_id')

    op.drop_table('grade_decisions')
    with op.batch_alter_table('gaps', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gaps_feed_id'))

    op.drop_table('gaps')
    with op.batch_alter_table('feed_state', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_feed_state_next_poll_at'))

    op.drop_table('feed_state')
    with op.batch_alter_table('feed_addresses', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_feed_addresses_url'))
        batch_op.drop_index(batch_op.f('ix_feed_addresses_feed_id'))

    op.drop_table('feed_addresses')
    with op.batch_alter_table('exceptions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_exceptions_enrollment_id'))
        batch_op.drop_index(batch_op.f('ix_exceptions_assignment_id'))

    op.drop_table('exceptions')
    with op.batch_alter_table('enrollment_events', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_enrollment_events_enrollment_id'))

    op.drop_table('enrollment_events')
    with op.batch_alter_table('allocations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_allocations_enrollment_id'))
        batch_op.drop_index(batch_op.f('ix_allocations_blog_id'))

    op.drop_table('allocations')
    with op.batch_alter_table('post_aliases', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_post_aliases_post_id'))
        batch_op.drop_index('ix_post_aliases_key')

    op.drop_table('post_aliases')
    with op.batch_alter_table('feeds', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_feeds_post_id'))
        batch_op.drop_index(batch_op.f('ix_feeds_blog_id'))

    op.drop_table('feeds')
    with op.batch_alter_table('enrollments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_enrollments_user_id'))
        batch_op.drop_index(batch_op.f('ix_enrollments_section_id'))

    op.drop_table('enrollments')
    op.drop_table('assignment_terms')
    with op.batch_alter_table('subscriptions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_subscriptions_blog_id'))

    op.drop_table('subscriptions')
    op.drop_table('sections')
    with op.batch_alter_table('posts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_posts_posted_at'))
        batch_op.drop_index(batch_op.f('ix_posts_merged_into_id'))

    op.drop_table('posts')
    with op.batch_alter_table('blog_addresses', schema=None) as batch_op:
        batch_op.drop_index('ix_blog_addresses_key')

    op.drop_table('blog_addresses')
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entries_subject_type_subject_id')
        batch_op.drop_index(batch_op.f('ix_audit_entries_course_id'))

    op.drop_table('audit_entries')
    op.drop_table('assignments')
    op.drop_table('users')
    with op.batch_alter_table('sign_in_failures', schema=None) as batch_op:
        batch_op.drop_index('ix_sign_in_failures_subject_at')

    op.drop_table('sign_in_failures')
    with op.batch_alter_table('runs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_runs_started_at'))

    op.drop_table('runs')
    op.drop_table('courses')
    op.drop_table('blogs')
